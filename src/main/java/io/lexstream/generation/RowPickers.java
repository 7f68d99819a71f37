package io.lexstream.generation;

import io.lexstream.model.ModelRejectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What picks rows of a decoder's tensors.
 *
 * @param self keys and values of the generated tokens; a decoder without a past never uses it, nor {@code cross}
 * @param cross keys and values of the source
 * @param states the encoder's states
 */
record RowPickers(RowPicker self, RowPicker cross, RowPicker states) {

    /** @param inputs of the decoder that reads a past, if one does; {@code parts} will own all three */
    static RowPickers open(Set<String> inputs, OpenParts parts) throws ModelRejectedException {
        RowPicker states = open(List.of(Names.STATES), parts);
        List<String> self = parts(inputs, Names::isSelf);
        List<String> cross = parts(inputs, Names::isCross);
        return new RowPickers(
                self.isEmpty() ? states : open(self, parts), cross.isEmpty() ? states : open(cross, parts), states);
    }

    private static RowPicker open(List<String> tensors, OpenParts parts) throws ModelRejectedException {
        RowPicker picker = RowPicker.of(tensors);
        parts.add(picker::close);
        return picker;
    }

    private static List<String> parts(Set<String> inputs, Predicate<String> wanted) {
        List<String> parts = new ArrayList<>();
        for (String input : inputs) {
            if (wanted.test(input)) {
                parts.add(Names.part(input));
            }
        }
        return parts;
    }
}
