import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as apps from 'kubernetes-models/apps/v1';
import * as autoscaling from 'kubernetes-models/autoscaling/v2';
import * as batch from 'kubernetes-models/batch/v1';
import * as networking from 'kubernetes-models/networking.k8s.io/v1';
import * as policy from 'kubernetes-models/policy/v1';
import * as core from 'kubernetes-models/v1';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  all,
  matches,
  named,
  NATS,
  ofKind,
  workloads,
  type Manifest,
  type Pod,
} from './manifests.js';

type Model = new (data: never) => { validate(): void };
const MODELS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  v1: core,
  'apps/v1': apps,
  'batch/v1': batch,
  'autoscaling/v2': autoscaling,
  'policy/v1': policy,
  'networking.k8s.io/v1': networking,
};

function check({ file: _, ...manifest }: Manifest): void {
  const model = MODELS[manifest.apiVersion]?.[manifest.kind] as Model;
  new model(manifest as never).validate();
}

describe('every manifest', () => {
  it.each(all.map((manifest) => [manifest.kind, manifest.metadata.name, manifest] as const))(
    '%s %s is one to the schema of Kubernetes',
    (_kind, _name, manifest) => check(manifest),
  );

  it('and the schema would refuse a wrong one', () => {
    const wrong = structuredClone(named('Deployment', 'gateway')!) as Manifest & {
      spec: { replicas: unknown };
    };
    wrong.spec.replicas = 'two';
    expect(() => check(wrong)).toThrow(/replicas/);
  });
});

/** What a pod names that has to be there, as `kind name`. */
function referencesOf(pod: Pod['spec']): string[] {
  const maps = [
    ...(pod.containers[0].envFrom ?? []).map(({ configMapRef }) => configMapRef?.name),
    ...pod.volumes.map(({ configMap }) => configMap?.name),
  ];
  const secrets = [
    ...(pod.containers[0].envFrom ?? []).map(({ secretRef }) => secretRef?.name),
    ...pod.volumes.map(({ secret }) => secret?.secretName),
  ];
  const named = (kind: string, names: readonly (string | undefined)[]): string[] =>
    names.filter((name) => name !== undefined).map((name) => `${kind} ${name}`);
  return [
    `ServiceAccount ${pod['serviceAccountName'] as string}`,
    ...named('ConfigMap', maps),
    ...named('Secret', secrets),
  ];
}

describe('what refers to something finds it', () => {
  it('selectors find the pods that they mean', () => {
    for (const { spec, labels } of workloads) {
      if (spec.selector) expect(matches(labels, spec.selector.matchLabels)).toBe(true);
    }
    for (const manifest of ofKind('Service', 'PodDisruptionBudget')) {
      const { selector } = manifest['spec'] as { selector: Record<string, never> };
      const wanted = (selector['matchLabels'] ?? selector) as Record<string, string>;
      const found = workloads.filter(({ labels }) => matches(labels, wanted));
      expect(found, `${manifest.kind} ${manifest.metadata.name}`).toHaveLength(1);
    }
    for (const { metadata, ...policy } of ofKind('NetworkPolicy')) {
      const { podSelector } = policy['spec'] as {
        podSelector: { matchLabels?: Record<string, string> };
      };
      const found = workloads.filter(({ labels }) =>
        matches(labels, podSelector.matchLabels ?? {}),
      );
      expect(found.length, metadata.name).toBeGreaterThan(0);
    }
  });

  it('probes ask at ports that there are', () => {
    for (const { pod } of workloads) {
      const [container] = pod.containers;
      const names = (container.ports ?? []).map(({ name }) => name);
      for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
        const { httpGet } = (container[probe] ?? {}) as { httpGet?: { port: string } };
        if (httpGet) expect(names).toContain(httpGet.port);
      }
    }
  });

  it('services, the ingress and policies lead to ports that there are', () => {
    const open = workloads.flatMap(({ pod }) => pod.containers[0].ports ?? []);
    const numbers = new Set(open.map((port) => port.containerPort));
    for (const service of ofKind('Service')) {
      const { ports, selector } = service['spec'] as {
        ports: { targetPort: string }[];
        selector: Record<string, string>;
      };
      const pod = workloads.find(({ labels }) => matches(labels, selector))!.pod;
      const names = pod.containers[0].ports!.map(({ name }) => name);
      for (const { targetPort } of ports) expect(names).toContain(targetPort);
    }
    for (const policy of ofKind('NetworkPolicy')) {
      const { ingress = [] } = policy['spec'] as { ingress?: { ports: { port: number }[] }[] };
      for (const { port } of ingress.flatMap(({ ports }) => ports)) expect(numbers).toContain(port);
    }
    expect(JSON.stringify(named('Ingress', 'gateway'))).toContain(
      '"service":{"name":"gateway","port":{"name":"http"}}',
    );
  });

  it('accounts, settings, secrets and volumes are there', () => {
    const known = new Set([
      ...ofKind('Secret', 'ConfigMap', 'ServiceAccount').map(
        ({ kind, metadata }) => `${kind} ${metadata.name}`,
      ),
      'ConfigMap nats-config', // generated by infra/nats/kustomization.yaml, of files that are there
    ]);
    for (const { name, pod } of workloads) {
      for (const wanted of referencesOf(pod)) expect(known, name).toContain(wanted);
    }
  });

  it('volumes that are mounted are there, and files that are made into one', () => {
    for (const { pod, spec } of workloads) {
      const volumes = [
        ...pod.volumes.map(({ name }) => name),
        ...(spec.volumeClaimTemplates ?? []).map(({ metadata }) => metadata.name),
      ];
      for (const { name } of pod.containers[0].volumeMounts ?? []) expect(volumes).toContain(name);
    }
    const generated = parse(readFileSync(join(NATS, 'kustomization.yaml'), 'utf8')) as {
      configMapGenerator: { files: string[] }[];
    };
    for (const file of generated.configMapGenerator[0]!.files)
      expect(existsSync(join(NATS, file))).toBe(true);
  });
});
