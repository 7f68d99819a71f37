package io.lexstream.summary;

import java.util.ArrayList;
import java.util.List;

/** Puts embeddings into clusters, as many of them as separate best. */
final class RemarkClusters {
    private static final int FEWEST_POINTS = 4;

    private final List<float[]> points;
    private final int mostClusters;
    private final int mostClustered;

    /**
     * @param points of length 1
     * @param mostClustered of more points, every n-th is clustered, and the others join the nearest cluster
     */
    RemarkClusters(List<float[]> points, int mostClusters, int mostClustered) {
        this.points = points;
        this.mostClusters = mostClusters;
        this.mostClustered = mostClustered;
    }

    /** The number of each point's cluster. */
    int[] cut() {
        int stride = (points.size() + mostClustered - 1) / mostClustered;
        List<float[]> sample = new ArrayList<>();
        for (int i = 0; i < points.size(); i += stride) {
            sample.add(points.get(i));
        }
        int[] ofSample = best(sample);
        List<float[]> centres = centres(sample, ofSample);
        int[] cluster = new int[points.size()];
        for (int i = 0; i < cluster.length; i++) {
            cluster[i] = i % stride == 0 ? ofSample[i / stride] : nearest(points.get(i), centres);
        }
        return cluster;
    }

    /** The cut with the best mean silhouette; of equals the one with fewer clusters. */
    private int[] best(List<float[]> sample) {
        if (sample.size() < FEWEST_POINTS) {
            return new int[sample.size()];
        }
        double[][] distances = distances(sample);
        AverageLinkage tree = new AverageLinkage(distances);
        int[] best = tree.cut(1);
        double bestSilhouette = 0;
        for (int clusters = 2; clusters <= Math.min(mostClusters, sample.size() - 1); clusters++) {
            int[] cut = tree.cut(clusters);
            double silhouette = Silhouette.of(distances, cut);
            if (silhouette > bestSilhouette) {
                best = cut;
                bestSilhouette = silhouette;
            }
        }
        return best;
    }

    private static double[][] distances(List<float[]> sample) {
        double[][] distances = new double[sample.size()][sample.size()];
        for (int i = 0; i < sample.size(); i++) {
            for (int j = 0; j < i; j++) {
                double distance = 1 - Vectors.dot(sample.get(i), sample.get(j));
                distances[i][j] = distance;
                distances[j][i] = distance;
            }
        }
        return distances;
    }

    private static List<float[]> centres(List<float[]> sample, int[] cluster) {
        List<List<float[]>> members = new ArrayList<>();
        for (int i = 0; i < cluster.length; i++) {
            while (members.size() <= cluster[i]) {
                members.add(new ArrayList<>());
            }
            members.get(cluster[i]).add(sample.get(i));
        }
        return members.stream().map(Vectors::mean).map(Vectors::normal).toList();
    }

    private static int nearest(float[] point, List<float[]> centres) {
        int nearest = 0;
        for (int i = 1; i < centres.size(); i++) {
            if (Vectors.dot(point, centres.get(i)) > Vectors.dot(point, centres.get(nearest))) {
                nearest = i;
            }
        }
        return nearest;
    }
}
