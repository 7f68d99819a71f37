package io.lexstream.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;

/**
 * The states of a pretrained encoder's tokens, after some of its blocks or all.
 *
 * @param value what the encoder's graph calls them: float [batch, tokens, width]
 * @param width length of a state
 */
public record BaseStates(String value, int width) {
    public BaseStates {
        if (value.isBlank() || width < 1) {
            throw new IllegalArgumentException("states '" + value + "' of the width " + width);
        }
    }

    /**
     * @param blocks how many of the encoder's Transformer blocks are gone through; 0 = all
     * @throws GraphException if the graph has fewer blocks, or does not tell how wide its states are
     */
    public static BaseStates after(int blocks, ModelProto encoder) throws GraphException {
        GraphProto graph = encoder.getGraph();
        String last = EncoderHeads.states(graph);
        int width = graph.getOutputList().stream()
                .filter(output -> output.getName().equals(last))
                .mapToInt(BaseStates::width)
                .findFirst()
                .orElse(0);
        if (width < 1) {
            throw new GraphException("the encoder does not say how wide its states are");
        }
        List<LinearLayer> layers = LinearLayer.of(graph);
        int all = layers.stream().mapToInt(LinearLayer::block).max().orElse(-1) + 1;
        if (blocks < 0 || blocks > all) {
            throw new GraphException("the encoder has " + all + " blocks, wanted are " + blocks);
        }
        if (blocks == 0 || blocks == all) {
            return new BaseStates(last, width);
        }
        String read = layers.stream()
                .filter(layer -> layer.block() == blocks)
                .map(LinearLayer::input)
                .findFirst()
                .orElseThrow(() -> new GraphException("the encoder's block " + blocks + " has no linear layer"));
        return new BaseStates(read, width);
    }

    private static int width(ValueInfoProto output) {
        return (int) output.getType().getTensorType().getShape().getDim(2).getDimValue();
    }
}
