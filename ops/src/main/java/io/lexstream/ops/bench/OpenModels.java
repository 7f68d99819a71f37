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

    /** Tokens of each text, for the model that reads most; tokenises. */
    int[] lengths(TextBatch texts) {
        int[] longest = new int[texts.size()];
        for (TextModel model : models) {
            int[] lengths = model.lengths(texts);
            for (int i = 0; i < lengths.length; i++) {
                longest[i] = Math.max(longest[i], lengths[i]);
            }
        }
        return longest;
    }

    void run(TextBatch texts) {
        models.forEach(model -> model.run(texts));
    }

    @Override
    public void close() {
        models.forEach(TextModel::close);
    }
}
