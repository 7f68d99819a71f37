/** The trainer as a service: labels in, runs, verdicts and versions out. */
@NullMarked
package io.lexstream.trainer.service;

import org.jspecify.annotations.NullMarked;
