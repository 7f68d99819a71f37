/** A Kafka broker and a schema registry inside this process: what local mode, the audit and the tests run on. */
@NullMarked
package io.lexstream.ops.local;

import org.jspecify.annotations.NullMarked;
