package io.lexstream.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.model.ModelRejectedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Configurations as Hugging Face's models have them. */
class GenerationConfigTest {
    private static final String LEAST = "\"eos_token_id\": 1, \"decoder_start_token_id\": 0";

    @TempDir
    Path folder;

    private GenerationConfig read(String task, String config) throws Exception {
        return GenerationConfig.read(Files.writeString(folder.resolve("config.json"), config), Optional.empty(), task);
    }

    private GenerationConfig read(String task, String config, String generation) throws Exception {
        return GenerationConfig.read(
                Files.writeString(folder.resolve("config.json"), config),
                Optional.of(Files.writeString(folder.resolve("generation_config.json"), generation)),
                task);
    }

    @Test
    void marianBansThePaddingAndSearchesByBeams() throws Exception {
        GenerationConfig marian = read("translation", """
                {"model_type": "marian", "is_encoder_decoder": true, "bad_words_ids": [[58100]], "bos_token_id": 0,
                 "decoder_start_token_id": 58100, "eos_token_id": 0, "forced_eos_token_id": 0, "pad_token_id": 58100,
                 "max_length": 512, "max_position_embeddings": 512, "num_beams": 6}
                """);

        assertThat(marian.family()).isEqualTo("marian");
        assertThat(marian.tokens())
                .isEqualTo(new SpecialTokens(
                        58100, List.of(0), 58100, OptionalInt.empty(), OptionalInt.of(0), List.of(List.of(58100))));
        assertThat(marian.decoding().beams()).isEqualTo(6);
        assertThat(marian.decoding().maxTokens()).isEqualTo(511); // theirs counts the start token
        assertThat(marian.maxSourceTokens()).isEqualTo(512);
        assertThat(marian.sourcePrefix()).isEmpty();
    }

    private static final String T5 = """
            {"model_type": "t5", "is_encoder_decoder": true, "decoder_start_token_id": 0, "eos_token_id": 1,
             "pad_token_id": 0, "n_positions": 512, "task_specific_params": {
              "summarization": {"early_stopping": true, "length_penalty": 2.0, "max_length": 200, "min_length": 30,
               "no_repeat_ngram_size": 3, "num_beams": 4, "prefix": "summarize: "},
              "translation_en_to_de": {"early_stopping": true, "max_length": 300, "num_beams": 4,
               "prefix": "translate English to German: "},
              "translation_en_to_fr": {"early_stopping": true, "max_length": 300, "num_beams": 4,
               "prefix": "translate English to French: "}}}
            """;

    @Test
    void t5IsToldTheTaskByAPrefix() throws Exception {
        GenerationConfig summary = read(GenerationConfig.SUMMARIZATION, T5);

        assertThat(summary.sourcePrefix()).isEqualTo("summarize: ");
        assertThat(summary.decoding())
                .isEqualTo(Decoding.GREEDY
                        .withTokens(29, 199)
                        .withBeams(4)
                        .withLengthPenalty(2)
                        .withRepetition(3, 1)
                        .withEarlyStopping(EarlyStopping.FIRST));
        assertThat(summary.maxSourceTokens()).isEqualTo(512);
        assertThat(read("translation_en_to_fr", T5).sourcePrefix()).isEqualTo("translate English to French: ");
    }

    @Test
    void ofSeveralPairsNoneIsTakenByChance() throws Exception {
        GenerationConfig unnamed = read(GenerationConfig.TRANSLATION, T5);

        assertThat(unnamed.sourcePrefix()).isEmpty();
        assertThat(unnamed.decoding()).isEqualTo(Decoding.GREEDY);
        String one = "{%s, \"task_specific_params\": {\"translation_a_to_b\": {\"prefix\": \"a to b: \"}}}";
        assertThat(read(GenerationConfig.TRANSLATION, one.formatted(LEAST)).sourcePrefix())
                .isEqualTo("a to b: ");
    }

    @Test
    void bartIsForcedToBegin() throws Exception {
        GenerationConfig bart = read(GenerationConfig.SUMMARIZATION, """
                {"model_type": "bart", "decoder_start_token_id": 2, "eos_token_id": 2, "pad_token_id": 1,
                 "forced_bos_token_id": 0, "forced_eos_token_id": [2], "max_position_embeddings": 1024,
                 "early_stopping": "never", "prefix": " ", "repetition_penalty": 1.5}
                """);

        assertThat(bart.tokens().forcedFirst()).hasValue(0);
        assertThat(bart.tokens().forcedLast()).hasValue(2);
        assertThat(bart.decoding().earlyStopping()).isEqualTo(EarlyStopping.NEVER);
        assertThat(bart.decoding().repetitionPenalty()).isEqualTo(1.5);
        assertThat(bart.sourcePrefix()).isEqualTo(" ");
    }

    @Test
    void theGenerationConfigCountsMoreAndTheConfigFillsUp() throws Exception {
        GenerationConfig both = read(
                "translation",
                "{%s, \"num_beams\": 2, \"max_length\": 100, \"pad_token_id\": 9}".formatted(LEAST),
                "{\"eos_token_id\": [3, 4], \"num_beams\": 5, \"max_new_tokens\": 40, \"pad_token_id\": null}");

        assertThat(both.tokens().ends()).containsExactly(3, 4);
        assertThat(both.tokens().pad()).isEqualTo(9);
        assertThat(both.decoding().beams()).isEqualTo(5);
        assertThat(both.decoding().maxTokens()).isEqualTo(40);
    }

    @Test
    void samplingIsTakenOver() throws Exception {
        GenerationConfig sampling = read(
                "summarization", "{%s, \"do_sample\": true, \"temperature\": 0.7, \"num_beams\": 4}".formatted(LEAST));

        assertThat(sampling.decoding().sampling()).hasValue(new Sampling(0.7, 50, 1, 0));
    }

    @Test
    void noTextIsLongerThanThePositionsReach() throws Exception {
        String config = "{%s, \"max_length\": 500, \"max_position_embeddings\": 64}".formatted(LEAST);

        assertThat(read("translation", config).decoding().maxTokens()).isEqualTo(63);
        assertThat(read("translation", config).withMaxSourceTokens(32).maxSourceTokens())
                .isEqualTo(32);
        assertThat(read("translation", config).withMaxSourceTokens(99).maxSourceTokens())
                .isEqualTo(64);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1]                                                      | is no JSON object",
                "{\"eos_token_id\": 1                                     | is not JSON",
                "{\"decoder_start_token_id\": 0}                          | 'eos_token_id' must be a token id",
                "{\"eos_token_id\": 1}                                    | 'decoder_start_token_id' must be a token id",
                "{\"eos_token_id\": \"</s>\"}                             | 'eos_token_id' must be an integer >= 0",
                "{\"eos_token_id\": -1}                                   | 'eos_token_id' must be an integer >= 0",
                "{\"is_encoder_decoder\": false}                          | without encoder and decoder",
                "{#, \"num_beams\": 0}                                    | beams must be 1 to 64, got 0",
                "{#, \"num_beams\": 1000}                                 | beams must be 1 to 64",
                "{#, \"num_beam_groups\": 2}                              | 'num_beam_groups' must be 1",
                "{#, \"encoder_no_repeat_ngram_size\": 3}                 | 'encoder_no_repeat_ngram_size' must be 0",
                "{#, \"length_penalty\": \"much\"}                        | 'length_penalty' must be a number",
                "{#, \"early_stopping\": \"soon\"}                        | 'early_stopping' must be true, false or never",
                "{#, \"bad_words_ids\": [7]}                              | 'bad_words_ids' must be a list of lists",
                "{#, \"bad_words_ids\": [[]]}                             | 'bad_words_ids' must be a list of lists",
                "{#, \"min_length\": 90, \"max_length\": 20}              | the least tokens must be 0 to 19",
                "{#, \"do_sample\": true, \"temperature\": 0}             | temperature must be > 0",
                "{#, \"max_position_embeddings\": 1}                      | 'max_position_embeddings' must be 4 or more",
                "{#, \"eos_token_id\": 2}                                 | is not JSON: Duplicate field",
            })
    void whatCannotBeUsedIsRefusedWithTheReason(String config, String reason) {
        assertThatThrownBy(() -> read("translation", config.replace("#", LEAST)))
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining(reason);
    }
}
