package io.lexstream.ops.local;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.server.fault.FaultHandler;
import org.apache.kafka.server.fault.LoggingFaultHandler;

/** What Kafka reports as broken in a node; Kafka's own handler would end the process without a word. */
final class NodeFaults implements FaultHandlerFactory {
    private final CompletableFuture<Throwable> fatal = new CompletableFuture<>();

    /** Completes with the first fault that the node cannot live with. */
    CompletionStage<Throwable> fatal() {
        return fatal.minimalCompletionStage();
    }

    @Override
    public FaultHandler build(String part, boolean isFatal, Runnable action) {
        FaultHandler logging = new LoggingFaultHandler(part, action);
        if (!isFatal) {
            return logging;
        }
        return (message, cause) -> {
            RuntimeException fault = logging.handleFault(message, cause);
            fatal.complete(cause == null ? fault : cause);
            return fault;
        };
    }
}
