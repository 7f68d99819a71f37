package io.lexstream.generation;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.onnx.Nodes;
import io.lexstream.onnx.Seq2SeqBuilder;
import io.lexstream.onnx.Tensors;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The encoder and the decoder of a served model as one graph to train with teacher forcing, of any layout: with the
 * inputs and the output of {@link Seq2SeqBuilder#training}, so that whoever trains the one trains the other.
 *
 * <p>The nodes are those of the files. Of a merged decoder the branch without a past is taken; where a decoder wants a
 * past, it is empty. A weight that both graphs have is one weight.
 */
final class TeacherForcing {
    /** Before the names of what comes from the encoder. */
    static final String ENCODER = "encoder/";

    /** Before the names of what comes from the decoder. */
    static final String DECODER = "decoder/";

    private static final String LOGITS = DECODER + Names.LOGITS;

    private final List<NodeProto> nodes = new ArrayList<>();
    private final Map<String, TensorProto> tensors = new LinkedHashMap<>();
    private final Map<TensorContent, String> shared = new HashMap<>();

    private TeacherForcing() {}

    /**
     * @param encoder its weights as floats
     * @param decoder the one for the first step, likewise
     */
    static GraphProto join(GraphProto encoder, GraphProto decoder) throws ModelRejectedException {
        TeacherForcing join = new TeacherForcing();
        join.add(encoder, ENCODER, join.encoderInputs(encoder));
        join.add(withoutCache(decoder), DECODER, join.decoderInputs(encoder, decoder));
        join.addLabels();
        return join.graph();
    }

    private Map<String, String> encoderInputs(GraphProto encoder) throws ModelRejectedException {
        Map<String, String> inputs = new HashMap<>();
        for (String name : inputs(encoder)) {
            inputs.put(
                    name,
                    switch (name) {
                        case Names.IDS -> Seq2SeqBuilder.INPUT_IDS;
                        case Names.SOURCE_MASK -> Seq2SeqBuilder.ATTENTION_MASK;
                        default -> throw new ModelRejectedException("the encoder has an unknown input " + name);
                    });
        }
        return inputs;
    }

    private Map<String, String> decoderInputs(GraphProto encoder, GraphProto decoder) throws ModelRejectedException {
        Set<String> given =
                encoder.getOutputList().stream().map(ValueInfoProto::getName).collect(Collectors.toSet());
        Map<String, String> inputs = new HashMap<>();
        for (ValueInfoProto input : decoder.getInputList()) {
            String name = input.getName();
            if (name.equals(Names.IDS)) {
                inputs.put(name, Seq2SeqBuilder.DECODER_INPUT_IDS);
            } else if (name.equals(Names.CROSS_MASK)) {
                inputs.put(name, Seq2SeqBuilder.ATTENTION_MASK);
            } else if (name.equals(Names.CROSS_STATES)) {
                inputs.put(name, ENCODER + Names.STATES);
            } else if (Names.isCross(name) && given.contains(Names.PRESENT + Names.part(name))) {
                inputs.put(name, ENCODER + Names.PRESENT + Names.part(name));
            } else if (Names.isSelf(name)) {
                inputs.put(name, emptyPast(input));
            }
        }
        return inputs;
    }

    /** Adds what makes [batch, heads, 0, width]; nobody may want it. */
    private String emptyPast(ValueInfoProto past) {
        List<TensorShapeProto.Dimension> shape =
                past.getType().getTensorType().getShape().getDimList();
        if (shape.size() != 4 || shape.get(1).getDimValue() == 0 || shape.get(3).getDimValue() == 0) {
            return past.getName(); // a merged decoder does not need it in its first step
        }
        String name = "empty/" + past.getName();
        constant("empty/batch", 0);
        constant(name + "/rest", shape.get(1).getDimValue(), 0, shape.get(3).getDimValue());
        nodes.add(Nodes.node("Shape", name + "/ids", Seq2SeqBuilder.DECODER_INPUT_IDS));
        nodes.add(Nodes.node("Gather", name + "/rows", name + "/ids", "empty/batch"));
        nodes.add(Nodes.node("Concat", name + "/shape", name + "/rows", name + "/rest").toBuilder()
                .addAttribute(Nodes.attribute("axis", 0))
                .build());
        nodes.add(Nodes.node("ConstantOfShape", name, name + "/shape"));
        return name;
    }

    private void constant(String name, long... values) {
        tensors.put(name, Tensors.longs(name, List.of((long) values.length), values));
    }

    private static Set<String> inputs(GraphProto graph) {
        Set<String> tensors =
                graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
        return graph.getInputList().stream()
                .map(ValueInfoProto::getName)
                .filter(name -> !tensors.contains(name)) // old exports list their weights among the inputs
                .collect(Collectors.toSet());
    }

    /** With the branch for the first step in the place of each If that asks whether there is a past. */
    private static GraphProto withoutCache(GraphProto decoder) throws ModelRejectedException {
        GraphProto.Builder plain = decoder.toBuilder().clearNode();
        for (NodeProto node : decoder.getNodeList()) {
            if (!node.getOpType().equals("If") || !node.getInput(0).equals(Names.USE_CACHE)) {
                plain.addNode(node);
                continue;
            }
            GraphProto first = node.getAttributeList().stream()
                    .filter(attribute -> attribute.getName().equals("else_branch"))
                    .map(AttributeProto::getG)
                    .findFirst()
                    .orElseThrow(() -> new ModelRejectedException("the merged decoder has no branch without a past"));
            plain.addAllInitializer(first.getInitializerList()).addAllNode(first.getNodeList());
            for (int i = 0; i < node.getOutputCount(); i++) {
                plain.addNode(Nodes.node(
                        "Identity", node.getOutput(i), first.getOutput(i).getName()));
            }
        }
        return plain.build();
    }

    /** @param inputs what the graph's inputs are called in the joined graph */
    private void add(GraphProto graph, String prefix, Map<String, String> inputs) {
        Map<String, String> names = new HashMap<>(inputs);
        for (TensorProto tensor : graph.getInitializerList()) {
            String name = prefix + tensor.getName();
            TensorContent content = TensorContent.of(tensor);
            String known = content.tellsWeights() ? shared.putIfAbsent(content, name) : null;
            names.put(tensor.getName(), known == null ? name : known);
            if (known == null) {
                tensors.put(name, tensor.toBuilder().setName(name).build());
            }
        }
        for (NodeProto node : graph.getNodeList()) {
            NodeProto.Builder renamed = node.toBuilder()
                    .clearInput()
                    .clearOutput()
                    .setName(prefix + (node.getName().isEmpty() ? node.getOutput(0) : node.getName()));
            for (String input : node.getInputList()) {
                renamed.addInput(input.isEmpty() ? input : names.getOrDefault(input, prefix + input));
            }
            node.getOutputList().forEach(output -> renamed.addOutput(output.isEmpty() ? output : prefix + output));
            nodes.add(renamed.build());
        }
    }

    /** Of the logits [batch, target, vocabulary] those at the labels' places. */
    private void addLabels() {
        constant("labels/last", 2);
        constant("labels/all", -1);
        nodes.add(Nodes.node("Shape", "labels/shape", LOGITS));
        nodes.add(Nodes.node("Gather", "labels/vocabulary", "labels/shape", "labels/last"));
        nodes.add(Nodes.node("Concat", "labels/flat", "labels/all", "labels/vocabulary").toBuilder()
                .addAttribute(Nodes.attribute("axis", 0))
                .build());
        nodes.add(Nodes.node("Reshape", "labels/rows", LOGITS, "labels/flat"));
        nodes.add(Nodes.node("Gather", Seq2SeqBuilder.LOGITS, "labels/rows", Seq2SeqBuilder.LABEL_POSITIONS));
    }

    /** What the logits need. */
    private GraphProto graph() throws ModelRejectedException {
        Set<String> read = new HashSet<>();
        Set<NodeProto> needed = needed(read);
        GraphProto.Builder graph = GraphProto.newBuilder().setName("training");
        nodes.stream().filter(needed::contains).forEach(graph::addNode);
        tensors.values().stream()
                .filter(tensor -> read.contains(tensor.getName()))
                .forEach(graph::addInitializer);
        Set<String> inputs = Set.of(
                Seq2SeqBuilder.INPUT_IDS,
                Seq2SeqBuilder.ATTENTION_MASK,
                Seq2SeqBuilder.DECODER_INPUT_IDS,
                Seq2SeqBuilder.LABEL_POSITIONS);
        Set<String> made = new HashSet<>(inputs);
        needed.forEach(node -> made.addAll(node.getOutputList()));
        read.removeIf(name -> name.isEmpty() || made.contains(name) || tensors.containsKey(name));
        if (!read.isEmpty()) {
            throw new ModelRejectedException("the first step of the decoder wants what no graph gives: " + read);
        }
        return graph.build();
    }

    private Set<NodeProto> needed(Set<String> read) {
        Map<String, NodeProto> makers = new HashMap<>();
        nodes.forEach(node -> node.getOutputList().forEach(output -> makers.put(output, node)));
        Set<NodeProto> needed = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<String> wanted = new ArrayDeque<>(List.of(Seq2SeqBuilder.LOGITS));
        while (!wanted.isEmpty()) {
            NodeProto node = makers.get(wanted.remove());
            if (node != null && needed.add(node)) {
                wanted.addAll(node.getInputList());
                read.addAll(node.getInputList());
            }
        }
        return needed;
    }
}
