package io.lexstream.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What has been opened so far; closed in reverse order, all of it even if one refuses. */
public final class CloseStack implements AutoCloseable {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    public <T extends AutoCloseable> T add(T resource) {
        opened.push(resource);
        return resource;
    }

    /** Closing twice does no harm. */
    @Override
    public void close() {
        Exception first = closeAll();
        if (first instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (first != null) {
            throw new IllegalStateException("could not close everything: " + first.getMessage(), first);
        }
    }

    /** Closes because of that failure, which stays the one to be reported. */
    public void closeAfter(Exception failure) {
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
