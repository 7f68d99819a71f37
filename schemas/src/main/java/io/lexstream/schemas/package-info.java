/** Avro contracts of the topics, and the serde that speaks Confluent's wire format and registry protocol. */
@NullMarked
package io.lexstream.schemas;

import org.jspecify.annotations.NullMarked;
