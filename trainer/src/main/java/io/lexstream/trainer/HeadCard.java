package io.lexstream.trainer;

import io.lexstream.model.BaseEncoder;
import java.util.Locale;
import java.util.StringJoiner;

/** What the model card of a head says of its method: a linear layer on a frozen encoder. */
final class HeadCard {
    private final TrainingRequest<HeadOptions> request;
    private final HeadFitting.Best best;

    private HeadCard(TrainingRequest<HeadOptions> request, HeadFitting.Best best) {
        this.request = request;
        this.best = best;
    }

    static ModelCard of(
            TrainingRequest<HeadOptions> request,
            String notes,
            BaseEncoder base,
            TrainingData data,
            HeadFitting.Best best,
            ModelCard.Quality quality) {
        HeadCard card = new HeadCard(request, best);
        return new ModelCard(
                request.task(),
                request.version(),
                card.summary(base),
                request.license(),
                base,
                data,
                quality,
                notes,
                card.making());
    }

    private String summary(BaseEncoder base) {
        HeadOptions options = request.options();
        return "A linear head on the frozen encoder %s (pooling %s, at most %d tokens of a text are read)."
                .formatted(base.name(), options.pooling().manifestName(), options.maxTokens());
    }

    private String making() {
        HeadOptions options = request.options();
        StringJoiner text = new StringJoiner("\n");
        text.add(
                "The encoder's features of every text were computed once. Multinomial logistic regression was fitted to");
        text.add(
                "them by L-BFGS, stopped where the loss on the development rows was least; of the penalties below the one");
        text.add(
                "with the best macro-F1 (mean over the development files) was taken. With two labels the border between");
        text.add("them was then moved to where that is highest. Nothing but the sampling (seed %d) is random."
                .formatted(options.seed()));
        text.add("");
        text.add("```").add(request.command()).add("```");
        text.add("");
        text.add("| L2 | steps | training loss | development loss | shift | development macro-F1 |");
        text.add("|---:|---:|---:|---:|---:|---:|");
        for (HeadFitting.Trial trial : best.trials()) {
            text.add("| %.0e%s | %d | %.4f | %.4f | %+.2f | %s |"
                    .formatted(
                            trial.penalty(),
                            trial.equals(best.trial()) ? " (taken)" : "",
                            trial.steps(),
                            trial.trainLoss(),
                            trial.devLoss(),
                            trial.shift(),
                            percent(trial.devMacroF1())));
        }
        return text.toString();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }
}
