package io.lexstream.ops.local;

import java.util.List;
import java.util.Optional;

/**
 * A version as a client names it.
 *
 * @param number from 1, or {@link #LATEST}
 */
record VersionName(int number) {
    private static final int LATEST = -1;

    static VersionName parse(String text) throws RegistryException {
        if (text.equals("latest")) {
            return new VersionName(LATEST);
        }
        try {
            int number = Integer.parseInt(text);
            if (number > 0 || number == LATEST) {
                return new VersionName(number);
            }
        } catch (NumberFormatException e) {
            // said below, as for numbers out of range
        }
        throw new RegistryException(
                42202,
                "The specified version '" + text + "' is not a valid version id. Allowed values are between [1, 2^31-1]"
                        + " and the string \"latest\"");
    }

    boolean isLatest() {
        return number == LATEST;
    }

    /** The version of that name among these, which come oldest first. */
    Optional<RegisteredSchema> of(List<RegisteredSchema> versions) {
        if (isLatest()) {
            return versions.stream().reduce((older, newer) -> newer);
        }
        return versions.stream().filter(each -> each.version() == number).findFirst();
    }

    @Override
    public String toString() {
        return isLatest() ? "latest" : String.valueOf(number);
    }
}
