package io.lexstream.model;

import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.GoldenCase;
import io.lexstream.schemas.ModelFile;
import io.lexstream.schemas.ModelManifest;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.avro.Schema.Field;

/** What a manifest must say of itself before any of its files is looked at. */
final class ManifestCheck {
    static final int FORMAT_VERSION = 1;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final Pattern UNSAFE_IN_PATH = Pattern.compile("[\\\\:\\p{Cntrl}]");
    private static final String TRANSLATION = "translation";
    private static final Set<String> KINDS = Set.of("classification", "summary", TRANSLATION);
    private static final String NO_POOLING = "none";
    private static final String FP32 = "fp32";
    private static final Set<String> PRECISIONS = Set.of(FP32, "int8");
    private static final List<String> POOLINGS = List.of(NO_POOLING, "cls", "mean", "cls-mean");
    private static final int MIN_TOKENS = 4;
    private static final int MAX_TOKENS = 32_768;

    private final ModelManifest manifest;
    private final PackageLimits limits;

    private ManifestCheck(ModelManifest manifest, PackageLimits limits) {
        this.manifest = manifest;
        this.limits = limits;
    }

    static void check(ModelManifest manifest, PackageLimits limits) throws ModelRejectedException {
        var check = new ManifestCheck(manifest, limits);
        check.fieldsAreSet();
        check.identity();
        check.model();
        check.files();
        check.goldenCases();
        check.numbers("metrics", manifest.getMetrics());
    }

    private void fieldsAreSet() throws ModelRejectedException {
        for (Field field : manifest.getSchema().getFields()) {
            require(manifest.get(field.pos()) != null, "field '" + field.name() + "' is not set");
        }
    }

    private void identity() throws ModelRejectedException {
        require(
                manifest.getFormatVersion() == FORMAT_VERSION,
                "format version " + manifest.getFormatVersion() + " is unknown; this build reads " + FORMAT_VERSION);
        requireName("task", manifest.getTask());
        requireName("version", manifest.getVersion());
        require(!manifest.getName().isBlank(), "the model's name is blank");
        require(
                KINDS.contains(manifest.getKind()),
                "kind '" + manifest.getKind() + "' is unknown; this build serves " + KINDS);
    }

    private void requireName(String what, String name) throws ModelRejectedException {
        require(
                NAME.matcher(name).matches(),
                what + " '" + shortened(name) + "' must be 1 to 100 of the characters A-Z a-z 0-9 . _ -");
    }

    private void files() throws ModelRejectedException {
        List<ModelFile> files = manifest.getFiles();
        require(
                files.size() <= limits.maxFiles(),
                files.size() + " files are more than the limit of " + limits.maxFiles());
        Set<String> paths = new HashSet<>();
        Set<FileRole> roles = EnumSet.noneOf(FileRole.class);
        long total = 0;
        for (ModelFile file : files) {
            content(file);
            require(paths.add(file.getPath()), "two files have the path '" + file.getPath() + "'");
            require(
                    roles.add(file.getRole()) || file.getRole() == FileRole.OTHER,
                    "two files have the role " + file.getRole());
            total += file.getBytes();
            require(
                    total <= limits.maxPackageBytes(),
                    "files of more than " + limits.maxPackageBytes() + " bytes, the limit of a package");
        }
        List<FileRole> needed = writesText()
                ? List.of(FileRole.ENCODER, FileRole.DECODER, FileRole.TOKENIZER, FileRole.CONFIG)
                : List.of(FileRole.GRAPH, FileRole.TOKENIZER);
        for (FileRole role : needed) {
            require(roles.contains(role), "no file has the role " + role);
        }
        require(
                !isSummary() || (roles.contains(FileRole.HEAD) && roles.contains(FileRole.CONFIG)),
                "kind 'summary' needs files with the roles HEAD and CONFIG");
        boolean pooled = !manifest.getPooling().equals(NO_POOLING);
        require(
                pooled == roles.contains(FileRole.HEAD),
                pooled
                        ? "pooling '" + manifest.getPooling() + "' needs a file with the role HEAD"
                        : "a file with the role HEAD needs pooling, which is '" + NO_POOLING + "'");
        require(
                pooled || !roles.contains(FileRole.ADAPTER),
                "a file with the role ADAPTER needs pooling, which is '" + NO_POOLING + "'");
    }

    private void content(ModelFile file) throws ModelRejectedException {
        path(file.getPath());
        String what = "file '" + file.getPath() + "': ";
        require(Sha256.isDigest(file.getSha256()), what + "sha256 must be 64 lower-case hex digits");
        require(file.getBytes() >= 0, what + "length " + file.getBytes() + " is negative");
        require(
                file.getBytes() <= limits.maxFileBytes(),
                what + file.getBytes() + " bytes are more than the limit of " + limits.maxFileBytes());
        long last = -1;
        for (long offset : file.getChunkOffsets()) {
            require(offset > last, what + "chunk offset " + offset + " follows " + last);
            last = offset;
        }
        require(file.getChunkOffsets().size() <= Math.max(file.getBytes(), 1), what + "more chunks than bytes");
    }

    private void path(String path) throws ModelRejectedException {
        String what = "file path '" + shortened(path) + "' ";
        require(!UNSAFE_IN_PATH.matcher(path).find(), what + "has a backslash, colon or control character");
        require(!path.startsWith("/"), what + "is absolute");
        require(!path.equals(ManifestJson.FILE_NAME), what + "is the manifest's own");
        for (String part : path.split("/", -1)) {
            require(!part.equals(".."), what + "leaves the package");
            require(!part.isBlank() && !part.equals("."), what + "has an empty part");
        }
    }

    private void model() throws ModelRejectedException {
        require(
                POOLINGS.contains(manifest.getPooling()),
                "pooling '" + manifest.getPooling() + "' is unknown; known are " + POOLINGS);
        require(
                manifest.getMaxTokens() >= MIN_TOKENS && manifest.getMaxTokens() <= MAX_TOKENS,
                "maxTokens " + manifest.getMaxTokens() + " is not within " + MIN_TOKENS + ".." + MAX_TOKENS);
        List<String> labels = manifest.getLabels();
        require(
                hasNoLabels() ? labels.isEmpty() : new HashSet<>(labels).size() == labels.size() && labels.size() >= 2,
                "labels " + labels + " must be " + (hasNoLabels() ? "none" : "two or more different ones"));
        require(labels.stream().noneMatch(String::isBlank), "a label is blank");
        List<String> precisions = manifest.getPrecisions();
        require(
                precisions.contains(FP32)
                        && PRECISIONS.containsAll(precisions)
                        && new HashSet<>(precisions).size() == precisions.size(),
                "precisions " + precisions + " must be " + FP32 + " and perhaps int8, none twice");
    }

    private void goldenCases() throws ModelRejectedException {
        double tolerance = manifest.getGoldenTolerance();
        require(tolerance >= 0 && tolerance <= 1, "goldenTolerance " + tolerance + " is not within 0..1");
        int number = 0;
        for (GoldenCase golden : manifest.getGoldenCases()) {
            String what = "golden case " + number++;
            if (!hasNoLabels()) {
                requireLabels(what, List.of(golden.getLabel()));
                requireLabels(what, golden.getScores().keySet());
            }
            numbers(what, golden.getScores());
        }
    }

    private boolean writesText() {
        return manifest.getKind().equals(TRANSLATION);
    }

    /** Its golden cases say a text, not a label. */
    private boolean hasNoLabels() {
        return isSummary() || writesText();
    }

    private boolean isSummary() {
        return manifest.getKind().equals("summary");
    }

    private void requireLabels(String what, Collection<String> named) throws ModelRejectedException {
        for (String label : named) {
            require(
                    manifest.getLabels().contains(label),
                    what + ": label '" + shortened(label) + "' is none of " + manifest.getLabels());
        }
    }

    private void numbers(String what, Map<String, Double> values) throws ModelRejectedException {
        for (Map.Entry<String, Double> entry : values.entrySet()) {
            require(Double.isFinite(entry.getValue()), what + ": '" + entry.getKey() + "' is " + entry.getValue());
        }
    }

    private void require(boolean condition, String otherwise) throws ModelRejectedException {
        if (!condition) {
            throw new ModelRejectedException(
                    shortened(manifest.getTask() + "@" + manifest.getVersion()) + ": " + otherwise);
        }
    }

    private static String shortened(String text) {
        return text.length() <= 120 ? text : text.substring(0, 120) + "...";
    }
}
