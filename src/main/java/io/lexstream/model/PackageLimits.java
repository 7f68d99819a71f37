package io.lexstream.model;

/**
 * How large a package may be; a larger one is rejected before a byte of it is fetched.
 *
 * @param maxFileBytes of one file
 * @param maxPackageBytes of all files together
 * @param maxFiles number of files
 */
public record PackageLimits(long maxFileBytes, long maxPackageBytes, int maxFiles) {
    /** 2 GiB a file, 4 GiB a package, 64 files. */
    public static final PackageLimits DEFAULT = new PackageLimits(2L << 30, 4L << 30, 64);

    public PackageLimits {
        if (maxFileBytes < 1 || maxPackageBytes < 1 || maxFiles < 1) {
            throw new IllegalArgumentException("package limits must be >= 1, got " + maxFileBytes + " bytes a file, "
                    + maxPackageBytes + " bytes and " + maxFiles + " files a package");
        }
    }
}
