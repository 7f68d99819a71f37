package io.lexstream.summary;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Remarks that say nearly the same. */
final class Opinion {
    private final float[] embedding;
    private final List<Remark> remarks = new ArrayList<>();
    private final Set<Integer> texts = new HashSet<>();

    /** @param embedding of the first remark, of length 1 */
    Opinion(float[] embedding) {
        this.embedding = embedding;
    }

    void add(Remark remark) {
        remarks.add(remark);
        texts.add(remark.text());
    }

    float[] embedding() {
        return embedding;
    }

    /** The first remark of those that are short enough; if all are longer, the shortest. */
    Remark quotable(int mostCharacters) {
        Remark shortest = remarks.get(0);
        for (Remark remark : remarks) {
            if (remark.words().length() <= mostCharacters) {
                return remark;
            }
            if (remark.words().length() < shortest.words().length()) {
                shortest = remark;
            }
        }
        return shortest;
    }

    /** Numbers of the texts that say it. */
    Set<Integer> texts() {
        return texts;
    }
}
