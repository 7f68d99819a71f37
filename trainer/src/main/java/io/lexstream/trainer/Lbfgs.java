package io.lexstream.trainer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Limited-memory BFGS with a backtracking line search: finds a minimum of a smooth function, the same one every time
 * (Nocedal and Wright, Numerical Optimization, 2nd edition 2006: algorithms 7.4 and 7.5, line search 3.1).
 */
final class Lbfgs {
    private static final int MEMORY = 10;
    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final double SMALLEST_STEP = 1e-12;

    private final Objective objective;
    private final Deque<Correction> corrections = new ArrayDeque<>();
    private double[] point;
    private double[] gradient;
    private double value;

    Lbfgs(Objective objective, double[] start) {
        this.objective = objective;
        this.point = start.clone();
        this.gradient = new double[objective.parameters()];
        this.value = objective.evaluate(point, gradient);
    }

    /** Where the search stands now. */
    double[] point() {
        return point.clone();
    }

    double value() {
        return value;
    }

    /** Largest absolute component of the gradient: zero in the minimum. */
    double slope() {
        double max = 0;
        for (double component : gradient) {
            max = Math.max(max, Math.abs(component));
        }
        return max;
    }

    /** One step down. Returns false if there is none: the minimum, as far as the arithmetic can tell. */
    boolean step() {
        double[] direction = direction();
        double descent = dot(direction, gradient);
        if (!(descent < 0)) {
            return false;
        }
        double[] next = new double[point.length];
        double[] nextGradient = new double[point.length];
        // Without a curvature estimate yet, the gradient's length says nothing about how far to go.
        double step = corrections.isEmpty() ? Math.min(1, 1 / Math.sqrt(-descent)) : 1;
        for (; step > SMALLEST_STEP; step /= 2) {
            for (int i = 0; i < point.length; i++) {
                next[i] = point[i] + step * direction[i];
            }
            double nextValue = objective.evaluate(next, nextGradient);
            if (nextValue <= value + SUFFICIENT_DECREASE * step * descent) {
                remember(next, nextGradient);
                point = next;
                gradient = nextGradient;
                value = nextValue;
                return true;
            }
        }
        return false;
    }

    /** The two-loop recursion: minus the inverse Hessian's estimate times the gradient. */
    private double[] direction() {
        double[] q = gradient.clone();
        double[] alphas = new double[corrections.size()];
        int i = 0;
        for (Correction correction : corrections) { // newest first
            alphas[i] = dot(correction.move, q) / correction.curvature;
            addScaled(q, correction.change, -alphas[i]);
            i++;
        }
        Correction newest = corrections.peekFirst();
        double scale = newest == null ? 1 : newest.curvature / dot(newest.change, newest.change);
        for (int k = 0; k < q.length; k++) {
            q[k] *= -scale;
        }
        Iterator<Correction> oldestFirst = corrections.descendingIterator();
        while (oldestFirst.hasNext()) {
            i--;
            Correction correction = oldestFirst.next();
            double beta = dot(correction.change, q) / correction.curvature;
            addScaled(q, correction.move, -alphas[i] - beta);
        }
        return q;
    }

    private void remember(double[] next, double[] nextGradient) {
        double[] move = difference(next, point);
        double[] change = difference(nextGradient, gradient);
        double curvature = dot(move, change);
        if (curvature <= 1e-10 * dot(change, change)) {
            return; // keeps the estimate positive definite
        }
        corrections.addFirst(new Correction(move, change, curvature));
        if (corrections.size() > MEMORY) {
            corrections.removeLast();
        }
    }

    private static double[] difference(double[] a, double[] b) {
        double[] difference = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            difference[i] = a[i] - b[i];
        }
        return difference;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void addScaled(double[] sums, double[] values, double scale) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += scale * values[i];
        }
    }

    /** How the gradient changed along one step. */
    private static final class Correction {
        private final double[] move;
        private final double[] change;
        private final double curvature;

        Correction(double[] move, double[] change, double curvature) {
            this.move = move;
            this.change = change;
            this.curvature = curvature;
        }
    }
}
