package io.lexstream.ops;

import io.lexstream.schemas.Deployment;
import java.math.BigDecimal;
import java.math.MathContext;

/** A trial in words. */
final class TrialText {
    private TrialText() {}

    static String of(Deployment deployment) {
        return switch (deployment.getMode()) {
            case CANARY -> percent(deployment.getShare()) + " of the keys get its results";
            case SHADOW -> percent(deployment.getShare()) + " of the keys, silently";
            default -> "not in mode " + deployment.getMode();
        };
    }

    private static String percent(double share) {
        BigDecimal percent = BigDecimal.valueOf(100 * share).round(new MathContext(4));
        return percent.stripTrailingZeros().toPlainString() + " %";
    }
}
