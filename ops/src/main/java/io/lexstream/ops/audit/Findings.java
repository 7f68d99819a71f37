package io.lexstream.ops.audit;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the outputs of an audit turned out to be. An event owes one result a task, or, if it is bad, one dead letter.
 *
 * @param results results read
 * @param deadLetters dead letters read
 * @param lost outcomes that are missing
 * @param doubled outcomes that came once more
 * @param reordered results that came after a later one of their key, or on another partition than their key's
 * @param wrongLabel results that differ from what the version that they name says
 * @param unexpected outcomes that no event owes: of an unknown event, a dead letter of a good one, a result of a bad
 *     one
 * @param versions how many results each version made, by task
 * @param examples some of what was wrong, by event id
 */
record Findings(
        long results,
        long deadLetters,
        long lost,
        long doubled,
        long reordered,
        long wrongLabel,
        long unexpected,
        SortedMap<String, SortedMap<String, Long>> versions,
        List<String> examples) {
    Findings {
        SortedMap<String, SortedMap<String, Long>> copy = new TreeMap<>();
        for (Map.Entry<String, SortedMap<String, Long>> task : versions.entrySet()) {
            copy.put(task.getKey(), Collections.unmodifiableSortedMap(new TreeMap<>(task.getValue())));
        }
        versions = Collections.unmodifiableSortedMap(copy);
        examples = List.copyOf(examples);
    }

    boolean clean() {
        return lost == 0 && doubled == 0 && reordered == 0 && wrongLabel == 0 && unexpected == 0;
    }
}
