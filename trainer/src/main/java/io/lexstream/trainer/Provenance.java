package io.lexstream.trainer;

import ai.onnxruntime.OrtEnvironment;
import io.lexstream.model.BaseEncoder;
import java.util.Map;
import java.util.TreeMap;

/** How to make a trained version again: what its manifest says of base, command, data and libraries. */
public final class Provenance {
    private final Map<String, String> entries;

    private Provenance(Map<String, String> entries) {
        this.entries = entries;
    }

    /**
     * @param method such as head, lora or extractive
     * @param settings what the method was told, and what it chose
     */
    public static Provenance of(
            TrainingRequest<?> request, BaseEncoder base, String method, long seed, Map<String, String> settings) {
        Map<String, String> entries = new TreeMap<>(settings);
        entries.put("method", method);
        entries.put("base", base.name());
        entries.put("command", request.command());
        entries.put("seed", String.valueOf(seed));
        entries.put("java", Runtime.version().toString());
        entries.put("onnxruntime", OrtEnvironment.getEnvironment().getVersion());
        return new Provenance(entries);
    }

    /** A data file that was read, and how many of its rows were used. */
    public Provenance data(String file, int rows, String sha256) {
        entries.put("data/" + file, rows + " rows of sha256 " + sha256);
        return this;
    }

    /** By name, in order of the names. */
    public Map<String, String> entries() {
        return new TreeMap<>(entries);
    }
}
