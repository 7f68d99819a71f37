package io.lexstream.trainer.service;

import io.lexstream.events.Reason;
import io.lexstream.inference.Classification;
import io.lexstream.inference.TextModel;
import io.lexstream.model.ModelPackage;
import io.lexstream.schemas.LabelKind;
import io.lexstream.schemas.TextEvent;
import io.lexstream.schemas.TextLabel;
import io.lexstream.schemas.TrainingExample;
import io.lexstream.trainer.LabeledText;
import io.lexstream.trainer.LabeledTextReader;
import io.lexstream.trainer.LabeledTexts;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.TextScores;
import io.lexstream.trainer.gate.AuditReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Labels of classifiers.
 *
 * @param names that the model knows; none if it is not there yet, and then all are taken
 */
record NamedLabels(List<String> names) implements LabelForm {
    private static final List<String> SENTIMENTS = List.of("negative", "neutral", "positive");

    NamedLabels {
        names = List.copyOf(names);
    }

    @Override
    public Wanted wanted(TextLabel label) {
        Optional<String> name = label.getKind() == LabelKind.STAR_RATING
                ? sentiment(label.getStars()).filter(sentiment -> names.containsAll(SENTIMENTS))
                : Optional.of(label.getValue()).filter(value -> !value.isBlank() && (names.isEmpty() || knows(value)));
        return name.isPresent()
                ? new Wanted.Target(name.get())
                : Wanted.refused(Reason.UNKNOWN_LABEL, "the task's model has no such label");
    }

    private boolean knows(String name) {
        return names.contains(name);
    }

    private static Optional<String> sentiment(int stars) {
        return switch (stars) {
            case 1, 2 -> Optional.of("negative");
            case 3 -> Optional.of("neutral");
            case 4, 5 -> Optional.of("positive");
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<String> objection(TrainingExample example) {
        return knows(example.getLabel()) ? Optional.empty() : Optional.of("unknown label");
    }

    @Override
    public AuditReport audit(
            TrainerParts parts, List<TrainingExample> fresh, List<LabeledText> trusted, TextModel champion) {
        List<TrainingExample> known =
                fresh.stream().filter(example -> knows(example.getLabel())).toList();
        return parts.audit().audit(known, trusted, Optional.of(champion));
    }

    @Override
    public List<LabeledTexts> trusted(List<Path> files, ModelPackage champion) throws IOException {
        List<LabeledTexts> trusted = new ArrayList<>();
        for (Path file : files) {
            LabeledTexts texts = LabeledTextReader.read(file);
            if (texts.labels().stream().anyMatch(this::knows)) {
                trusted.add(texts);
            }
        }
        return trusted;
    }

    /** With the probability of every class: as sure as the champion is. */
    @Override
    public List<TrainingRow> rehearsed(
            TextModel champion, List<TrainingRow> labelled, List<TextEvent> texts, double weight, Progress progress) {
        List<Map<String, Double>> scores = TextScores.of(
                champion, "rehearsal", texts.stream().map(TextEvent::getText).toList(), progress);
        List<TrainingRow> rows = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            Map.Entry<String, Double> said = Collections.max(scores.get(i).entrySet(), Map.Entry.comparingByValue());
            TextEvent event = texts.get(i);
            rows.add(new TrainingRow(
                    event.getText(), said.getKey(), weight, scores.get(i), event.getLanguage(), event.getSource()));
        }
        return rows;
    }

    @Override
    public List<String> said(TextModel version, String name, List<String> texts) {
        return TextScores.classify(version, name, texts, Progress.silent()).stream()
                .map(Classification::label)
                .toList();
    }

    @Override
    public double nearness(String said, String label) {
        return said.equals(label) ? 1 : 0;
    }

    @Override
    public String does() {
        return "Tells " + String.join(", ", names) + " apart";
    }
}
