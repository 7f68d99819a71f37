package io.lexstream.trainer.vocabulary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A vocabulary as the {@code tokenizer.json} of Hugging Face's tokenizers: rules and tokens in one file. */
public final class TokenizerJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MARK = String.valueOf(CaseMarks.CAPITAL);
    private static final String MARKS = String.valueOf(CaseMarks.CAPITALS);

    /** The first mark of a word that is all capitals. */
    private static final String ALL_CAPITALS = "(?<![\\p{L}\\p{M}])⇧(?=\\p{Ll}(?:⇧\\p{Ll})+(?![\\p{L}\\p{M}⇧]))";

    /** Its other marks. */
    private static final String REST = "(?<=⇪\\p{Ll}(?:⇧\\p{Ll}){0,%d})⇧".formatted(CaseMarks.REACH - 1);

    private static final String BEHIND_MARKS = "(?<=⇪\\p{L}{0,%d})".formatted(CaseMarks.REACH);

    private TokenizerJson() {}

    public static byte[] write(Vocabulary vocabulary) {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", "1.0");
        root.putNull("truncation");
        root.putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        for (int id = 0; id < Vocabulary.SPECIAL.size(); id++) {
            ObjectNode token = added.addObject();
            token.put("id", id).put("content", Vocabulary.SPECIAL.get(id));
            token.put("single_word", false).put("lstrip", false).put("rstrip", false);
            token.put("normalized", false).put("special", true);
        }
        CaseMarks marks = new CaseMarks(vocabulary.capitals());
        root.set("normalizer", sequence("normalizers", normalizers(marks)));
        ObjectNode split = typed("Split").put("behavior", "Isolated").put("invert", false);
        split.putObject("pattern").put("Regex", NormalText.WORD_RULE);
        root.set("pre_tokenizer", split);
        root.set("post_processor", endsEveryText());
        root.set("decoder", sequence("decoders", decoders(marks)));
        root.set("model", model(vocabulary));
        try {
            return JSON.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of strings and numbers is always JSON", e);
        }
    }

    private static List<ObjectNode> normalizers(CaseMarks marks) {
        List<ObjectNode> rules = new ArrayList<>();
        rules.add(typed("NFC"));
        rules.add(pattern(NormalText.SPACE_RULE, " "));
        rules.add(typed("Strip").put("strip_left", true).put("strip_right", true));
        rules.add(pattern(NormalText.APOSTROPHES_RULE, "'"));
        rules.add(pattern(NormalText.QUOTES_RULE, "\""));
        rules.add(literal(NormalText.DOTS, "..."));
        rules.add(typed("Prepend").put("prepend", NormalText.BLANK));
        rules.add(literal(" ", NormalText.BLANK));
        marks.smallByCapital()
                .forEach((capital, small) ->
                        rules.add(literal(Character.toString(capital), MARK + Character.toString(small))));
        rules.add(pattern(ALL_CAPITALS, MARKS));
        rules.add(pattern(REST, ""));
        rules.add(literal(NormalText.BLANK + MARK, MARK + NormalText.BLANK));
        rules.add(literal(NormalText.BLANK + MARKS, MARKS + NormalText.BLANK));
        return rules;
    }

    private static List<ObjectNode> decoders(CaseMarks marks) {
        List<ObjectNode> rules = new ArrayList<>();
        rules.add(typed("ByteFallback"));
        rules.add(typed("Fuse"));
        rules.add(literal(MARK + NormalText.BLANK, NormalText.BLANK + MARK));
        rules.add(literal(MARKS + NormalText.BLANK, NormalText.BLANK + MARKS));
        marks.smallByCapital().forEach((capital, small) -> {
            String letter = Character.toString(small);
            rules.add(literal(MARK + letter, Character.toString(capital)));
            rules.add(pattern(BEHIND_MARKS + letter, Character.toString(capital)));
        });
        rules.add(pattern("[⇧⇪]", "")); // where a model wrote a mark and no letter
        rules.add(literal(NormalText.BLANK, " "));
        rules.add(typed("Strip").put("content", " ").put("start", 1).put("stop", 0));
        return rules;
    }

    private static ObjectNode model(Vocabulary vocabulary) {
        ObjectNode model = typed("BPE");
        model.putNull("dropout").put("unk_token", Vocabulary.SPECIAL.get(Vocabulary.UNKNOWN));
        model.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
        model.put("fuse_unk", false).put("byte_fallback", true).put("ignore_merges", false);
        ObjectNode ids = model.putObject("vocab");
        List<String> tokens = vocabulary.tokens();
        for (int id = 0; id < tokens.size(); id++) {
            ids.put(tokens.get(id), id);
        }
        ArrayNode merges = model.putArray("merges");
        vocabulary
                .merges()
                .forEach(
                        merge -> merges.addArray().add(tokens.get(merge.left())).add(tokens.get(merge.right())));
        return model;
    }

    private static ObjectNode endsEveryText() {
        String end = Vocabulary.SPECIAL.get(Vocabulary.END);
        ObjectNode processor = typed("TemplateProcessing");
        ArrayNode single = processor.putArray("single");
        ArrayNode pair = processor.putArray("pair");
        for (String text : List.of("A", "B")) {
            for (ArrayNode template : text.equals("A") ? List.of(single, pair) : List.of(pair)) {
                template.addObject().putObject("Sequence").put("id", text).put("type_id", 0);
                template.addObject().putObject("SpecialToken").put("id", end).put("type_id", 0);
            }
        }
        ObjectNode special =
                processor.putObject("special_tokens").putObject(end).put("id", end);
        special.putArray("ids").add(Vocabulary.END);
        special.putArray("tokens").add(end);
        return processor;
    }

    private static ObjectNode sequence(String name, List<ObjectNode> rules) {
        ObjectNode sequence = typed("Sequence");
        sequence.putArray(name).addAll(rules);
        return sequence;
    }

    private static ObjectNode typed(String type) {
        return JSON.createObjectNode().put("type", type);
    }

    private static ObjectNode literal(String text, String by) {
        return replace("String", text, by);
    }

    private static ObjectNode pattern(String rule, String by) {
        return replace("Regex", rule, by);
    }

    private static ObjectNode replace(String kind, String what, String by) {
        ObjectNode rule = typed("Replace");
        rule.putObject("pattern").put(kind, what);
        return rule.put("content", by);
    }

    /**
     * The vocabulary in a file that {@link #write} made.
     *
     * @throws IOException if it is none
     */
    public static Vocabulary read(byte[] content) throws IOException {
        JsonNode root = JSON.readTree(content);
        JsonNode ids = root.path("model").path("vocab");
        String[] tokens = new String[ids.size()];
        Map<String, Integer> byToken = new HashMap<>();
        ids.properties().forEach(token -> {
            int id = token.getValue().asInt(-1);
            if (id >= 0 && id < tokens.length) {
                tokens[id] = token.getKey();
                byToken.put(token.getKey(), id);
            }
        });
        if (byToken.size() != tokens.length) {
            throw new IOException("the tokenizer's ids are not those from 0 to " + (tokens.length - 1));
        }
        List<Vocabulary.Merge> merges = new ArrayList<>();
        for (JsonNode merge : root.path("model").path("merges")) {
            Integer left = byToken.get(merge.path(0).asText());
            Integer right = byToken.get(merge.path(1).asText());
            Integer whole = byToken.get(merge.path(0).asText() + merge.path(1).asText());
            if (left == null || right == null || whole == null) {
                throw new IOException("the tokenizer merges what is no token of it: " + merge);
            }
            merges.add(new Vocabulary.Merge(left, right, whole));
        }
        StringBuilder capitals = new StringBuilder();
        for (JsonNode rule : root.path("normalizer").path("normalizers")) {
            String letter = rule.path("pattern").path("String").asText();
            if (rule.path("content").asText().startsWith(MARK) && !letter.startsWith(NormalText.BLANK)) {
                capitals.append(letter);
            }
        }
        try {
            return new Vocabulary(List.of(tokens), merges, capitals.toString());
        } catch (IllegalArgumentException e) {
            throw new IOException("the tokenizer was not made by this trainer: " + e.getMessage(), e);
        }
    }
}
