import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newBusUser } from '@recoup/bus';
import { NATS_USERS, publicKeyVariable, SERVICES } from '@recoup/deploy';
import { passwordVariable } from '@recoup/migrate';
import { describe, expect, it } from 'vitest';
import { natsProgram } from '../product/nats-program.js';
import { environmentOf, named, NATS, workloads } from './manifests.js';
import { refusalOf, unknownTo } from './settings-of.js';

describe('settings', () => {
  it.each(SERVICES)(
    '%s gets what it needs to start in production, and nothing that it does not know',
    (name) => {
      const environment = environmentOf(name);
      expect(unknownTo(name, environment)).toEqual([]);
      expect(refusalOf(name, environment)).toBeNull();
    },
  );

  it('the migration gives each role that signs in here its password', () => {
    const environment = environmentOf('migrate');
    const users = SERVICES.flatMap((name) => Object.values(environmentOf(name)))
      .filter((value) => value.startsWith('postgres:'))
      .map((value) => new URL(value).username);
    expect(users).toHaveLength(5);
    for (const user of users) expect(environment).toHaveProperty(passwordVariable(user));
  });

  it('nats-server understands the configuration of the cluster, with a key for each user', async () => {
    const keys = NATS_USERS.map(
      (user) => [publicKeyVariable(user), newBusUser().publicKey] as const,
    );
    const example = named('ConfigMap', 'nats-users')!['data'] as Record<string, string>;
    expect(Object.keys(example).sort()).toEqual(keys.map(([name]) => name).sort());
    const config = readFileSync(join(NATS, 'nats-cluster.conf'), 'utf8');
    expect(config.match(/nats-\d/g)).toHaveLength(
      (named('StatefulSet', 'nats')!['spec'] as { replicas: number }).replicas,
    );
    const files = {
      NATS_SERVER_NAME: 'nats-0',
      NATS_TLS_CERT: '/none',
      NATS_TLS_KEY: '/none',
      NATS_TLS_CA: '/none',
    };
    const env = { ...files, ...Object.fromEntries(keys) };
    const said = (): string => {
      try {
        const args = ['-t', '--config', join(NATS, 'nats-cluster.conf')];
        execFileSync(program, args, { env, stdio: 'pipe' });
        return 'valid';
      } catch (error) {
        return String((error as { stderr: Buffer }).stderr);
      }
    };
    const program = await natsProgram();
    // Everything is read up to the certificates, which are of an installation.
    expect(said()).toMatch(/valid|\/none/);
    expect(said()).not.toMatch(/unknown field|Parse error|variable reference/i);
  });
});

describe('how pods run', () => {
  it.each(workloads.map(({ name, pod }) => [name, pod] as const))(
    '%s without rights, and with an end',
    (name, pod) => {
      const [container] = pod.containers;
      expect(pod).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
      expect(pod.securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(container['resources']).toMatchObject({
        requests: { cpu: expect.anything() as string },
        limits: { memory: expect.anything() as string },
      });
      if (name !== 'migrate') expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(10 + 5);
    },
  );

  it.each(SERVICES)(
    '%s is one of several, is missed one at a time, and is told by what it measures',
    (name) => {
      expect(named('PodDisruptionBudget', name)!['spec']).toMatchObject({ maxUnavailable: 1 });
      const scaler = named('HorizontalPodAutoscaler', name)!['spec'] as {
        minReplicas: number;
        scaleTargetRef: unknown;
        metrics: unknown;
      };
      expect(scaler).toMatchObject({
        minReplicas: 2,
        scaleTargetRef: { kind: 'Deployment', name },
      });
      if (name === 'gateway') return;
      const source = readFileSync(
        fileURLToPath(new URL('../../libs/service-kit/src/metrics/log-gauges.ts', import.meta.url)),
        'utf8',
      );
      const [, metric = ''] =
        /"External","external":\{"metric":\{"name":"(\w+)"/.exec(JSON.stringify(scaler.metrics)) ??
        [];
      expect(source).toContain(`'${metric}'`);
      expect(JSON.stringify(scaler.metrics)).toContain(`"consumer":"${name}"`);
    },
  );
});
