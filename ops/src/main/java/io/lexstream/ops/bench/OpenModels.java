package io.lexstream.ops.bench;

import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.ModelOpener;
import io.lexstream.inference.Precision;
import io.lexstream.inference.TextBatch;
import io.lexstream.inference.TextModel;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The models of all tasks, open in this process as the processors open them. */
final class OpenModels implements AutoCloseable {
    private final List<TextModel> models = new ArrayList<>();

    /** @param precision whether or not a version admits it */
    OpenModels(Collection<ModelPackage> packages, Precision precision) throws ModelRejectedException {
        ModelOpener opener = new ModelOpener(new InferenceSettings(1, 1, precision));
        try {
            for (ModelPackage each : packages) {
                models.add(opener.openToMeasure(each, precision));
            }
        } catch (ModelRejectedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** What each text costs the model that it costs most; tokenises. */
    int[] costs(TextBatch texts) {
        int[] highest = new int[texts.size()];
        for (TextModel model : models) {
            int[] costs = model.costs(texts);
            for (int i = 0; i < costs.length; i++) {
                highest[i] = Math.max(highest[i], costs[i]);
            }
        }
        return highest;
    }

    void run(TextBatch texts) {
        models.forEach(model -> model.run(texts));
    }

    @Override
    public void close() {
        models.forEach(TextModel::close);
    }
}
