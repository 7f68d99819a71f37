package io.lexstream.ops.local;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What has been opened so far; closed in reverse order, all of it even if one refuses. */
final class CloseStack {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T resource) {
        opened.push(resource);
        return resource;
    }

    /** Closing twice does no harm. */
    void close() {
        Exception first = closeAll();
        if (first instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (first != null) {
            throw new IllegalStateException("could not close everything: " + first.getMessage(), first);
        }
    }

    /** Closes because of that failure, which stays the one to be reported. */
    void closeAfter(Exception failure) {
        Exception another = closeAll();
        if (another != null) {
            failure.addSuppressed(another);
        }
    }

    private @Nullable Exception closeAll() {
        Exception first = null;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        return first;
    }
}
