/** The sample stream: feedback to a shop that does not exist, sent in a loop, and its results as lines on a console. */
@NullMarked
package io.lexstream.ops.demo;

import org.jspecify.annotations.NullMarked;
