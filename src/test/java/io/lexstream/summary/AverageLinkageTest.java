package io.lexstream.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AverageLinkageTest {
    @Test
    void pointsThatLieTogetherAreOneCluster() {
        double[] points = {1, 11, 1.5, 10, 30};

        assertThat(new AverageLinkage(distances(points)).cut(3)).containsExactly(0, 1, 0, 1, 2);
        assertThat(new AverageLinkage(distances(points)).cut(2)).containsExactly(0, 0, 0, 0, 1);
        assertThat(new AverageLinkage(distances(points)).cut(5)).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void chainsOfNeighboursFindWhatTryingAllPairsFinds() {
        Random random = new Random(7);
        for (int round = 0; round < 20; round++) {
            double[] points = random.doubles(24, 0, 100).toArray();
            double[][] distances = distances(points);
            AverageLinkage tree = new AverageLinkage(distances);

            for (int clusters = 1; clusters <= points.length; clusters++) {
                assertThat(tree.cut(clusters)).isEqualTo(byTryingAllPairs(distances, clusters));
            }
        }
    }

    @Test
    void silhouetteIsOneOfPerfectClustersAndZeroOfOne() {
        // By hand: a = 0 within, b > 0 to the other; one cluster has no other.
        double[][] twoPiles = distances(1, 1, 9, 9);
        double[][] three = distances(0, 2, 10);

        assertThat(Silhouette.of(twoPiles, new int[] {0, 0, 1, 1})).isEqualTo(1);
        assertThat(Silhouette.of(twoPiles, new int[] {0, 0, 0, 0})).isZero();
        // (10 - 2) / 10 and (8 - 2) / 8; the lone point counts 0.
        assertThat(Silhouette.of(three, new int[] {0, 0, 1})).isCloseTo((0.8 + 0.75) / 3, within(1e-12));
    }

    private static int[] byTryingAllPairs(double[][] distances, int wanted) {
        List<List<Integer>> clusters = new ArrayList<>();
        for (int i = 0; i < distances.length; i++) {
            clusters.add(new ArrayList<>(List.of(i)));
        }
        while (clusters.size() > wanted) {
            int[] best = {0, 1};
            for (int a = 0; a < clusters.size(); a++) {
                for (int b = a + 1; b < clusters.size(); b++) {
                    if (mean(distances, clusters.get(a), clusters.get(b))
                            < mean(distances, clusters.get(best[0]), clusters.get(best[1]))) {
                        best = new int[] {a, b};
                    }
                }
            }
            clusters.get(best[0]).addAll(clusters.remove(best[1]));
        }
        int[] cluster = new int[distances.length];
        int[] number = new int[clusters.size()];
        int next = 1;
        for (int i = 0; i < cluster.length; i++) {
            for (int c = 0; c < clusters.size(); c++) {
                if (clusters.get(c).contains(i)) {
                    number[c] = number[c] == 0 ? next++ : number[c];
                    cluster[i] = number[c] - 1;
                }
            }
        }
        return cluster;
    }

    private static double mean(double[][] distances, List<Integer> a, List<Integer> b) {
        double sum = 0;
        for (int i : a) {
            for (int j : b) {
                sum += distances[i][j];
            }
        }
        return sum / (a.size() * b.size());
    }

    private static double[][] distances(double... points) {
        double[][] distances = new double[points.length][points.length];
        for (int i = 0; i < points.length; i++) {
            for (int j = 0; j < points.length; j++) {
                distances[i][j] = Math.abs(points[i] - points[j]);
            }
        }
        return distances;
    }
}
