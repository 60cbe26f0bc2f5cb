package dev.lockstep.cdi;

import dev.lockstep.config.PrefixedSettings;
import dev.lockstep.config.Problems;
import org.eclipse.microprofile.config.Config;

/**
 * The configuration as it was read before beans were looked for, since it decides on some of them.
 * Confined to the container's thread.
 *
 * @param keyed what the settings of caches and channels are read by
 * @param settings all others
 * @param problems what was found wrong so far
 */
record DeploymentConfiguration(Config config, PrefixedSettings keyed, DeploymentSettings settings, Problems problems) {

    static DeploymentConfiguration read(Config config) {
        Problems problems = new Problems();
        PrefixedSettings keyed = PrefixedSettings.ofDeployment(config, problems);
        return new DeploymentConfiguration(config, keyed, DeploymentSettings.read(keyed), problems);
    }
}
