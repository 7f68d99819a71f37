package io.lexstream.processors;

import io.lexstream.model.TrialLimits;
import java.time.Duration;

/**
 * How versions are tried.
 *
 * @param limits what ends a trial here
 * @param reportEvery pause between two reports of a trial's figures
 */
record TrialSettings(TrialLimits limits, Duration reportEvery) {}
