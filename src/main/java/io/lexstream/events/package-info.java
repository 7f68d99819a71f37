/** What comes in on the input topic: how its bytes are read, and how a record that cannot be used is put aside. */
@NullMarked
package io.lexstream.events;

import org.jspecify.annotations.NullMarked;
