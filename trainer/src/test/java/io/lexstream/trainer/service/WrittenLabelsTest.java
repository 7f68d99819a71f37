package io.lexstream.trainer.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.ModelFile;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.schemas.TextEvent;
import io.lexstream.schemas.TrustedRecords;
import io.lexstream.trainer.FakeTranslator;
import io.lexstream.trainer.GenerationTask;
import io.lexstream.trainer.Progress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WrittenLabelsTest {
    static {
        TrustedRecords.allow();
    }

    private final LabelForm form = new WrittenLabels(GenerationTask.TRANSLATION);

    @Test
    void theFormFollowsFromWhatTheModelIsMadeOf() {
        assertThat(LabelForm.of(model("classification", FileRole.GRAPH))).isInstanceOf(NamedLabels.class);
        assertThat(LabelForm.of(model("translation", FileRole.ENCODER)))
                .isEqualTo(new WrittenLabels(GenerationTask.TRANSLATION));
        assertThat(LabelForm.of(model("summary", FileRole.ENCODER)))
                .isEqualTo(new WrittenLabels(GenerationTask.SUMMARY));
        assertThat(LabelForm.of(model("summary", FileRole.GRAPH)).untrainable()).isPresent();
    }

    @Test
    void rehearsedIsWhatTheChampionTranslatesAndNothingThatItDoesNot() {
        Map<String, String> known = Map.of(
                "Der Kessel ist undicht.", "The kettle leaks.",
                "Die Lampe ist hell.", "Die Lampe ist hell.");
        FakeTranslator champion = new FakeTranslator(text -> known.getOrDefault(text, ""));
        List<TextEvent> texts = List.of(
                event("Der Kessel ist undicht.", "de"),
                event("Die Lampe ist hell.", "de"),
                event("Ciao a tutti", "it"));

        List<TrainingRow> rows = form.rehearsed(champion, List.of(), texts, 0.5, Progress.silent());

        assertThat(rows)
                .extracting(TrainingRow::text, TrainingRow::label, TrainingRow::weight, TrainingRow::language)
                .containsExactly(tuple("Der Kessel ist undicht.", "The kettle leaks.", 0.5, "de"));
    }

    @Test
    void whatTheChampionWritesWithAWordThatPeopleTakeOutIsNotRehearsed() {
        FakeTranslator champion = new FakeTranslator(text -> text.replace("Der", "The")
                .replace("Kocher", "cooker")
                .replace("ist", "is")
                .replace("Tisch", "table"));
        List<TrainingRow> corrected = List.of(
                corrected("Der Kocher ist laut", "The kettle is laut"),
                corrected("Der Kocher ist neu", "My kettle is neu"),
                corrected("Der Tisch ist alt", "The table is alt"));
        List<TextEvent> texts = List.of(event("Der Kocher ist hier", "de"), event("Der Tisch ist hier", "de"));

        List<TrainingRow> rows = form.rehearsed(champion, corrected, texts, 1, Progress.silent());

        assertThat(rows).extracting(TrainingRow::label).containsExactly("The table is hier");
    }

    private static TrainingRow corrected(String text, String correction) {
        return new TrainingRow(text, correction, 1, Map.of(), "de", "");
    }

    private static TextEvent event(String text, String language) {
        return TextEvent.newBuilder()
                .setId(text)
                .setText(text)
                .setLanguage(language)
                .build();
    }

    private static ModelManifest model(String kind, FileRole role) {
        return ModelManifest.newBuilder()
                .setTask("any")
                .setName("any")
                .setVersion("1")
                .setKind(kind)
                .setFiles(List.of(new ModelFile(role, "model.onnx", "00", 1L, List.of())))
                .build();
    }
}
