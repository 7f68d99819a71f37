package io.lexstream.schemas;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * One question to a schema registry.
 *
 * @param path begins with a slash, already encoded
 * @param body JSON; empty = none
 * @param about what the question is about, for messages: "subject text.events-value", "schema id 7"
 */
record RegistryRequest(String method, String path, String body, String about) {
    static RegistryRequest get(String path, String about) {
        return new RegistryRequest("GET", path, "", about);
    }

    /** {@code name} as one segment of a path. */
    static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
