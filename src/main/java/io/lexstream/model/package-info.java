/** Model versions, packages, and how they travel over the model topic. */
@NullMarked
package io.lexstream.model;

import org.jspecify.annotations.NullMarked;
