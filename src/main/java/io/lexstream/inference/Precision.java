package io.lexstream.inference;

import io.lexstream.model.ModelRejectedException;
import io.lexstream.schemas.ModelManifest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a model computes in. */
public enum Precision {
    FP32,
    /**
     * About twice as fast and a quarter of the size, a little less exact; for versions that were measured good enough
     * in it.
     */
    INT8,
    /** int8 for versions that admit it, fp32 for the others. */
    AUTO;

    /** The precision that settings call {@code fp32}, {@code int8} or {@code auto}. */
    public static Precision named(String name) {
        return Arrays.stream(values())
                .filter(precision -> precision.settingName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown precision " + name + ", known: " + names()));
    }

    /** As settings and manifests write it. */
    public String settingName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What all of them are called. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Precision::settingName).toList();
    }

    /** FP32 or INT8, whichever this means for a version; nothing is refused. */
    public Precision of(ModelManifest manifest) {
        if (this != AUTO) {
            return this;
        }
        return manifest.getPrecisions().contains(INT8.settingName()) ? INT8 : FP32;
    }

    /**
     * As {@link #of}, of a version that is to serve.
     *
     * @throws ModelRejectedException if it does not admit that
     */
    public Precision admittedBy(ModelManifest manifest) throws ModelRejectedException {
        Precision precision = of(manifest);
        if (!manifest.getPrecisions().contains(precision.settingName())) {
            throw new ModelRejectedException("the version is not admitted in " + precision.settingName() + ", only in "
                    + manifest.getPrecisions() + "; inference.precision=auto takes what it admits");
        }
        return precision;
    }
}
