package io.lexstream.processors;

import io.lexstream.model.DeploymentTimes;
import io.lexstream.model.TrustedKeys;
import org.apache.kafka.common.config.ConfigException;

/**
 * What a process believes of the models topic.
 *
 * @param keys whose signatures count
 * @param times of the deployments accepted so far: no older one counts
 */
record ModelTrust(TrustedKeys keys, DeploymentTimes times) {
    private static final String SEEN_DEPLOYMENTS = "deployments-seen.properties";

    /** @throws ConfigException if nothing could ever serve */
    static TrustedKeys keys(ProcessorSettings settings) {
        TrustedKeys keys = settings.trustedKeys();
        if (keys.acceptsNothing()) {
            throw new ConfigException("no key is trusted, so no model could serve: set model.trusted.keys to the public"
                    + " keys of those who publish (./lexstream models keygen makes a key and prints it), or"
                    + " model.trust=any to accept unsigned models");
        }
        return keys;
    }

    /** @param cluster id of the cluster: times of another one say nothing */
    static ModelTrust of(ProcessorSettings settings, TrustedKeys keys, String cluster) {
        if (keys.acceptsAll()) {
            // A time that anybody can write must not keep out what comes later, after the next start as well.
            return new ModelTrust(keys, DeploymentTimes.inMemory());
        }
        String scope = cluster + "/" + settings.topics().models();
        return new ModelTrust(keys, DeploymentTimes.in(settings.stateDirectory().resolve(SEEN_DEPLOYMENTS), scope));
    }
}
