package io.lexstream.trainer.gate;

import io.lexstream.inference.Classification;
import io.lexstream.trainer.LabeledText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How well labels can be foretold by what the other labels teach, beyond chance (Cohen's kappa): 1 = always, 0 = labels
 * are noise. Flipping a share f of two labels at random multiplies it by 1 - 2f.
 *
 * @param error its standard error
 */
record Learnability(int rows, double kappa, double error) {
    static Learnability of(List<LabeledText> rows, List<Optional<Classification>> said) {
        Map<String, Integer> given = new HashMap<>();
        Map<String, Integer> foretold = new HashMap<>();
        int same = 0;
        int all = 0;
        for (int row = 0; row < rows.size(); row++) {
            if (said.get(row).isPresent()) {
                String label = said.get(row).get().label();
                all++;
                same += label.equals(rows.get(row).label()) ? 1 : 0;
                given.merge(rows.get(row).label(), 1, Integer::sum);
                foretold.merge(label, 1, Integer::sum);
            }
        }
        if (all == 0) {
            return new Learnability(0, 0, 1);
        }
        double observed = same / (double) all;
        double chance = 0;
        for (Map.Entry<String, Integer> label : given.entrySet()) {
            chance += label.getValue() / (double) all * foretold.getOrDefault(label.getKey(), 0) / all;
        }
        if (chance >= 1) {
            return new Learnability(all, 0, 1); // one label only: nothing to foretell
        }
        return new Learnability(
                all, (observed - chance) / (1 - chance), Math.sqrt(observed * (1 - observed) / all) / (1 - chance));
    }
}
