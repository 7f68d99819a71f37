package io.lexstream.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/** Values that depend on the machine and the user, for settings that were left empty. */
public record Defaults(Map<String, String> environment) {
    public Defaults {
        environment = Map.copyOf(environment);
    }

    public int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    public Path modelCache() {
        return userFolder("XDG_CACHE_HOME", ".cache", "model.cache.dir").resolve("lexstream/models");
    }

    public Path stateDirectory() {
        return userFolder("XDG_STATE_HOME", ".local/state", "state.dir").resolve("lexstream/streams");
    }

    public Path trainingDirectory() {
        return userFolder("XDG_STATE_HOME", ".local/state", "train.dir").resolve("lexstream/training");
    }

    public String instanceId() {
        return host() + "-" + ProcessHandle.current().pid();
    }

    private Path userFolder(String variable, String belowHome, String setting) {
        String folder = environment.getOrDefault(variable, "");
        if (!folder.isEmpty()) {
            return Path.of(folder);
        }
        String home = environment.getOrDefault("HOME", environment.getOrDefault("USERPROFILE", ""));
        if (home.isEmpty()) {
            throw new ConfigException(setting + " must be set: the environment names no home folder");
        }
        return Path.of(home, belowHome);
    }

    private String host() {
        try {
            return environment.getOrDefault(
                    "HOSTNAME", InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
