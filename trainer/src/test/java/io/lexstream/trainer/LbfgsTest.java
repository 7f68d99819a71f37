package io.lexstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LbfgsTest {
    @Test
    void findsTheMinimumOfRosenbrocksValley() {
        Lbfgs search = new Lbfgs(new Rosenbrock(), new double[] {-1.2, 1});

        int steps = 0;
        while (search.step() && search.slope() > 1e-8) {
            steps++;
        }

        assertThat(search.point()[0]).isCloseTo(1, within(1e-6));
        assertThat(search.point()[1]).isCloseTo(1, within(1e-6));
        assertThat(steps).isLessThan(100);
    }

    @Test
    void everyStepGoesDown() {
        Lbfgs search = new Lbfgs(new Rosenbrock(), new double[] {3, -2});

        double before = search.value();
        while (search.slope() > 1e-6 && search.step()) {
            assertThat(search.value()).isLessThan(before);
            before = search.value();
        }
    }

    @Test
    void inTheMinimumThereIsNoStep() {
        Lbfgs search = new Lbfgs(new Rosenbrock(), new double[] {1, 1});

        assertThat(search.step()).isFalse();
        assertThat(search.point()).containsExactly(1, 1);
    }

    /** (1 - x)^2 + 100 (y - x^2)^2: a long bent valley, least at (1, 1). */
    private static final class Rosenbrock implements Objective {
        @Override
        public int parameters() {
            return 2;
        }

        @Override
        public double evaluate(double[] point, double[] gradient) {
            double a = 1 - point[0];
            double b = point[1] - point[0] * point[0];
            gradient[0] = -2 * a - 400 * point[0] * b;
            gradient[1] = 200 * b;
            return a * a + 100 * b * b;
        }
    }
}
