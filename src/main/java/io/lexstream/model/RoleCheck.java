package io.lexstream.model;

import io.lexstream.schemas.FileRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which files a package needs, by what its model does: one graph and perhaps a head, or an encoder and a decoder; the
 * encoder of these may go behind a graph, a pretrained one.
 */
final class RoleCheck {
    private static final String NO_POOLING = "none";
    private static final List<FileRole> GENERATOR =
            List.of(FileRole.ENCODER, FileRole.DECODER, FileRole.TOKENIZER, FileRole.CONFIG);
    private static final List<FileRole> OF_A_GENERATOR = List.of(
            FileRole.ENCODER,
            FileRole.DECODER,
            FileRole.DECODER_WITH_PAST,
            FileRole.TARGET_TOKENIZER,
            FileRole.GENERATION_CONFIG);

    private RoleCheck() {}

    /** What is wrong with these roles, if anything is. */
    static Optional<String> complaint(String kind, String pooling, Set<FileRole> roles) {
        boolean generator = kind.equals("translation") || (kind.equals("summary") && roles.contains(FileRole.ENCODER));
        boolean pooled = !pooling.equals(NO_POOLING);
        if (generator) {
            return pooled
                    ? Optional.of("a model that generates text has no pooling, not '" + pooling + "'")
                    : missing(GENERATOR, roles)
                            .or(() -> odd(List.of(FileRole.HEAD), roles, "a model that generates text"))
                            .or(() -> base(roles));
        }
        List<FileRole> needed = new ArrayList<>(List.of(FileRole.GRAPH, FileRole.TOKENIZER));
        if (kind.equals("summary")) {
            needed.addAll(List.of(FileRole.HEAD, FileRole.CONFIG));
        }
        return missing(needed, roles)
                .or(() -> odd(OF_A_GENERATOR, roles, "a model of kind '" + kind + "' with a GRAPH"))
                .or(() -> pooling(pooling, pooled, roles));
    }

    private static Optional<String> missing(List<FileRole> needed, Set<FileRole> roles) {
        return needed.stream()
                .filter(role -> !roles.contains(role))
                .findFirst()
                .map(role -> "no file has the role " + role);
    }

    private static Optional<String> odd(List<FileRole> others, Set<FileRole> roles, String model) {
        return others.stream()
                .filter(roles::contains)
                .findFirst()
                .map(role -> "a file has the role " + role + ", which " + model + " has no use for");
    }

    private static Optional<String> base(Set<FileRole> roles) {
        return roles.contains(FileRole.ADAPTER) && !roles.contains(FileRole.GRAPH)
                ? Optional.of("a file with the role ADAPTER needs one with the role GRAPH, which it changes")
                : Optional.empty();
    }

    private static Optional<String> pooling(String pooling, boolean pooled, Set<FileRole> roles) {
        if (pooled && !roles.contains(FileRole.HEAD)) {
            return Optional.of("pooling '" + pooling + "' needs a file with the role HEAD");
        }
        return List.of(FileRole.HEAD, FileRole.ADAPTER).stream()
                .filter(role -> !pooled && roles.contains(role))
                .findFirst()
                .map(role -> "a file with the role " + role + " needs pooling, which is '" + NO_POOLING + "'");
    }
}
