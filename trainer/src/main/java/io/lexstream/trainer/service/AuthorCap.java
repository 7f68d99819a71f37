package io.lexstream.trainer.service;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps one author's labels from drowning everybody else's.
 *
 * @param rows most rows of an author
 * @param share largest share of all rows that are left; if there are too few authors for it, an equal share each. Rows
 *     without an author are not limited: whoever writes labels without names does not tell authors apart
 */
record AuthorCap(int rows, double share) {
    /** How many rows of each author may stay, of an author who has more. */
    int limit(Collection<String> authors) {
        Map<String, Integer> byAuthor = new HashMap<>();
        authors.forEach(author -> byAuthor.merge(author, 1, Integer::sum));
        Integer unnamed = byAuthor.remove("");
        int others = unnamed == null ? 0 : unnamed;
        int parties = byAuthor.size() + (others > 0 ? 1 : 0);
        if (parties < 2) {
            return rows;
        }
        double allowed = Math.max(share, 1.0 / parties);
        List<Integer> sizes = List.copyOf(byAuthor.values());
        int low = 1;
        int high = rows;
        while (low < high) { // the largest limit that nobody's share exceeds
            int middle = low + (high - low + 1) / 2;
            if (fits(sizes, others, middle, allowed)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private static boolean fits(List<Integer> sizes, int others, int limit, double allowed) {
        long total = others;
        int largest = 0;
        for (int size : sizes) {
            int kept = Math.min(size, limit);
            total += kept;
            largest = Math.max(largest, kept);
        }
        return largest <= allowed * total + 1e-9;
    }
}
