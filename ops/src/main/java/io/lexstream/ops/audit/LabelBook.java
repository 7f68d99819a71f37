package io.lexstream.ops.audit;

import io.lexstream.model.ModelVersion;
import io.lexstream.schemas.ClassificationResult;
import io.lexstream.schemas.ModelRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What every model version says about every text of the audit, as measured before the audit starts. */
final class LabelBook {
    private record Page(ModelVersion version, Map<String, String> labels) {}

    private final Map<String, Page> pages = new HashMap<>();

    /** @param labels the label of every text, in the order of {@code texts} */
    void add(ModelVersion version, List<String> texts, List<String> labels) {
        Map<String, String> byText = new HashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            byText.put(texts.get(i), labels.get(i));
        }
        pages.put(version.toString(), new Page(version, byText));
    }

    /** Whether the result is what the version that it names says about {@code text}. */
    boolean agrees(ClassificationResult result, String text) {
        ModelRef model = result.getModel();
        Page page = pages.get(result.getTask() + "@" + model.getVersion());
        return page != null
                && page.version.toRef().equals(model)
                && Objects.equals(page.labels.get(text), result.getLabel());
    }
}
