package io.lexstream.summary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Agglomerative clustering: the two clusters with the least mean distance between their members become one, until one
 * is left. Found by chains of nearest neighbours (Murtagh 1983), in time and space that grow with the square of the
 * points. Nothing in it is random.
 */
final class AverageLinkage {
    private final int points;
    private final List<Merge> merges = new ArrayList<>();

    private record Merge(int one, int other, double distance) {}

    /** @param distances symmetric, [points][points] */
    AverageLinkage(double[][] distances) {
        this.points = distances.length;
        join(Arrays.stream(distances).map(double[]::clone).toArray(double[][]::new));
        merges.sort(Comparator.comparingDouble(Merge::distance)); // stable: of equals the one that was found first
    }

    /** The cluster of each point when there are {@code clusters} of them: numbers from 0 in order of appearance. */
    int[] cut(int clusters) {
        int[] parent = new int[points];
        Arrays.setAll(parent, point -> point);
        for (Merge merge : merges.subList(0, Math.max(0, points - clusters))) {
            parent[root(parent, merge.other())] = root(parent, merge.one());
        }
        int[] numbers = new int[points];
        Arrays.fill(numbers, -1);
        int[] cluster = new int[points];
        int next = 0;
        for (int point = 0; point < points; point++) {
            int root = root(parent, point);
            if (numbers[root] < 0) {
                numbers[root] = next++;
            }
            cluster[point] = numbers[root];
        }
        return cluster;
    }

    private void join(double[][] distances) {
        int[] size = new int[points];
        Arrays.fill(size, 1);
        List<Integer> chain = new ArrayList<>();
        while (merges.size() < points - 1) {
            if (chain.isEmpty()) {
                chain.add(firstAlive(size));
            }
            int end = chain.get(chain.size() - 1);
            int before = chain.size() > 1 ? chain.get(chain.size() - 2) : -1;
            int nearest = nearest(end, before, distances[end], size);
            if (nearest != before) {
                chain.add(nearest);
                continue;
            }
            merges.add(new Merge(before, end, distances[end][before]));
            merge(before, end, distances, size);
            chain.subList(chain.size() - 2, chain.size()).clear();
        }
    }

    /**
     * The cluster nearest to {@code cluster}; {@code preferred} if none is nearer, or else chains would go in circles.
     */
    private static int nearest(int cluster, int preferred, double[] distances, int[] size) {
        int nearest = preferred;
        for (int other = 0; other < size.length; other++) {
            boolean nearer = nearest < 0 || distances[other] < distances[nearest];
            if (size[other] > 0 && other != cluster && nearer) {
                nearest = other;
            }
        }
        return nearest;
    }

    /** {@code other} goes into {@code one}; distances to it are the means, by size (Lance and Williams 1967). */
    private static void merge(int one, int other, double[][] distances, int[] size) {
        double share = size[one] / (double) (size[one] + size[other]);
        for (int third = 0; third < size.length; third++) {
            double mean = share * distances[one][third] + (1 - share) * distances[other][third];
            distances[one][third] = mean;
            distances[third][one] = mean;
        }
        size[one] += size[other];
        size[other] = 0;
    }

    private static int firstAlive(int[] size) {
        int first = 0;
        while (size[first] == 0) {
            first++;
        }
        return first;
    }

    private static int root(int[] parent, int point) {
        int root = point;
        while (parent[root] != root) {
            root = parent[root];
        }
        return root;
    }
}
