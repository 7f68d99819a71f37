package io.lexstream.summary;

import java.util.Arrays;

/**
 * How well a clustering separates (Rousseeuw 1987): for each point how much nearer its own cluster is than the next
 * one, -1 to 1; a cluster of one point counts 0.
 */
final class Silhouette {
    private Silhouette() {}

    /**
     * The mean over all points.
     *
     * @param distances symmetric, [points][points]
     * @param cluster number of each point's cluster, from 0
     */
    static double of(double[][] distances, int[] cluster) {
        int clusters = Arrays.stream(cluster).max().orElse(0) + 1;
        int[] size = new int[clusters];
        for (int number : cluster) {
            size[number]++;
        }
        double sum = 0;
        for (int point = 0; point < cluster.length; point++) {
            if (size[cluster[point]] > 1) {
                sum += ofPoint(distances[point], cluster, cluster[point], size);
            }
        }
        return sum / cluster.length;
    }

    private static double ofPoint(double[] distances, int[] cluster, int own, int[] size) {
        double[] total = new double[size.length];
        for (int other = 0; other < cluster.length; other++) {
            total[cluster[other]] += distances[other];
        }
        double within = total[own] / (size[own] - 1);
        double next = Double.POSITIVE_INFINITY;
        for (int number = 0; number < size.length; number++) {
            if (number != own) {
                next = Math.min(next, total[number] / size[number]);
            }
        }
        double larger = Math.max(within, next);
        return larger > 0 && Double.isFinite(larger) ? (next - within) / larger : 0;
    }
}
