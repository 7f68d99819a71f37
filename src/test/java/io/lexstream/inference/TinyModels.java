package io.lexstream.inference;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Real ONNX graphs and a real tokenizer.json, small enough for unit tests: words "good" and "bad" decide. */
final class TinyModels {
    /** [PAD] [UNK] [CLS] [SEP] good bad; a row each: how good, how bad. */
    private static final float[] TABLE = {0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 8};

    private TinyModels() {}

    /** input_ids [batch, tokens] to states [batch, tokens, 2]. */
    static Path encoder(Path file, float[] table) throws IOException {
        return write(
                file,
                graph("input_ids")
                        .addInitializer(floats("table", table, table.length / 2, 2))
                        .addNode(node("Gather", "states", "table", "input_ids"))
                        .addOutput(info("states", 1, 3)));
    }

    /** {@code input} [batch, tokens] to logits [batch, 2]: the mean of the rows of {@code table}. */
    static Path classifier(Path file, String input, float[] table) throws IOException {
        AttributeProto axis = AttributeProto.newBuilder()
                .setName("axes")
                .setType(AttributeProto.AttributeType.INTS)
                .addInts(1)
                .build();
        AttributeProto flat = AttributeProto.newBuilder()
                .setName("keepdims")
                .setType(AttributeProto.AttributeType.INT)
                .setI(0)
                .build();
        return write(
                file,
                graph(input)
                        .addInitializer(floats("table", table, table.length / 2, 2))
                        .addNode(node("Gather", "states", "table", input))
                        .addNode(node("ReduceMean", "logits", "states").toBuilder()
                                .addAttribute(axis)
                                .addAttribute(flat))
                        .addOutput(info("logits", 1, 2)));
    }

    static Path classifier(Path file) throws IOException {
        return classifier(file, "input_ids", TABLE);
    }

    static Path encoder(Path file) throws IOException {
        return encoder(file, TABLE);
    }

    /** As {@link #encoder(Path)}, its states times a MatMul's weight {@code projection}, which is the identity. */
    static Path projectedEncoder(Path file) throws IOException {
        return write(
                file,
                graph("input_ids")
                        .addInitializer(floats("table", TABLE, TABLE.length / 2, 2))
                        .addInitializer(floats("projection", new float[] {1, 0, 0, 1}, 2, 2))
                        .addNode(node("Gather", "rows", "table", "input_ids"))
                        .addNode(node("MatMul", "states", "rows", "projection"))
                        .addOutput(info("states", 1, 3)));
    }

    static Path tokenizer(Path file) throws IOException {
        return Files.writeString(file, """
                {"version": "1.0", "truncation": null, "padding": null,
                 "added_tokens": [
                  {"id": 0, "content": "[PAD]", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true},
                  {"id": 1, "content": "[UNK]", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true},
                  {"id": 2, "content": "[CLS]", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true},
                  {"id": 3, "content": "[SEP]", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true}],
                 "normalizer": {"type": "Lowercase"}, "pre_tokenizer": {"type": "Whitespace"},
                 "post_processor": {"type": "TemplateProcessing",
                  "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
                  "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
                  "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]}, "[SEP]": {"id": "[SEP]", "ids": [3], "tokens": ["[SEP]"]}}},
                 "decoder": null,
                 "model": {"type": "WordLevel", "vocab": {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "good": 4, "bad": 5}, "unk_token": "[UNK]"}}
                """);
    }

    private static GraphProto.Builder graph(String input) {
        return GraphProto.newBuilder().setName("tiny").addInput(info(input, 7, 2));
    }

    private static Path write(Path file, GraphProto.Builder graph) throws IOException {
        ModelProto model = ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
                .setGraph(graph)
                .build();
        return Files.write(file, model.toByteArray());
    }

    private static NodeProto node(String type, String output, String... inputs) {
        NodeProto.Builder node =
                NodeProto.newBuilder().setOpType(type).setName(type).addOutput(output);
        for (String input : inputs) {
            node.addInput(input);
        }
        return node.build();
    }

    private static TensorProto floats(String name, float[] values, long... dimensions) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName(name).setDataType(1).setRawData(ByteString.copyFrom(raw));
        for (long dimension : dimensions) {
            tensor.addDims(dimension);
        }
        return tensor.build();
    }

    /** Type and rank of a tensor; the last dimension of floats is 2, all others are free. */
    private static ValueInfoProto info(String name, int type, int rank) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int i = 0; i < rank; i++) {
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            shape.addDim(type == 1 && i == rank - 1 ? dimension.setDimValue(2) : dimension.setDimParam(name + i));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(
                                TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape)))
                .build();
    }
}
