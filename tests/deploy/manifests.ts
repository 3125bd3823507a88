import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, parseAllDocuments } from 'yaml';

const FOLDER = fileURLToPath(new URL('../../infra/kubernetes/', import.meta.url));
export const NATS = fileURLToPath(new URL('../../infra/nats/', import.meta.url));

export interface Manifest {
  readonly file: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly [member: string]: unknown;
}

/** What `kubectl apply -k` would read: the resources that a kustomization lists, and those of the ones below it. */
function manifestsOf(folder: string): Manifest[] {
  const list = parse(readFileSync(join(folder, 'kustomization.yaml'), 'utf8')) as {
    resources?: string[];
  };
  return (list.resources ?? []).flatMap((resource) => {
    const path = join(folder, resource);
    if (!existsSync(path)) throw new Error(`${folder} lists ${resource}, which is not there`);
    if (!path.endsWith('.yaml')) return manifestsOf(path);
    const documents = parseAllDocuments(readFileSync(path, 'utf8'));
    return documents.map((document) => {
      for (const error of document.errors) throw error;
      return { file: resource, ...(document.toJS() as Omit<Manifest, 'file'>) } as Manifest;
    });
  });
}

export const all = manifestsOf(join(FOLDER, 'overlays/example'));
export const named = (kind: string, name: string): Manifest | undefined =>
  all.find((manifest) => manifest.kind === kind && manifest.metadata.name === name);
export const ofKind = (...kinds: string[]): Manifest[] =>
  all.filter(({ kind }) => kinds.includes(kind));

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly ports?: readonly { name: string; containerPort: number }[];
  readonly envFrom?: readonly { configMapRef?: { name: string }; secretRef?: { name: string } }[];
  readonly volumeMounts?: readonly { name: string }[];
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly [probe: string]: unknown;
}
export interface Pod {
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: {
    readonly containers: readonly [Container];
    readonly volumes: readonly {
      name: string;
      secret?: { secretName: string };
      configMap?: { name: string };
    }[];
    readonly terminationGracePeriodSeconds?: number;
    readonly securityContext: Readonly<Record<string, unknown>>;
    readonly [member: string]: unknown;
  };
}
export interface Workload {
  readonly selector?: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly template: {
    readonly metadata: { labels: Record<string, string> };
    readonly spec: Pod['spec'];
  };
  readonly volumeClaimTemplates?: readonly { metadata: { name: string } }[];
}

export const workloads = ofKind('Deployment', 'StatefulSet', 'Job').map((manifest) => {
  const spec = manifest['spec'] as Workload;
  return {
    name: manifest.metadata.name,
    spec,
    pod: spec.template.spec,
    labels: spec.template.metadata.labels,
  };
});
export const podOf = (name: string): Pod['spec'] =>
  workloads.find((each) => each.name === name)!.pod;
export const matches = (
  labels: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, string>>,
): boolean => Object.entries(wanted).every(([key, value]) => labels[key] === value);

/** The environment that a pod gets: settings, then secrets as the example has them. */
export function environmentOf(name: string): Record<string, string> {
  const sources = podOf(name).containers[0].envFrom!.map(({ configMapRef, secretRef }) => {
    const source = configMapRef
      ? named('ConfigMap', configMapRef.name)
      : named('Secret', secretRef!.name);
    return (source!['data'] ?? source!['stringData']) as Record<string, string>;
  });
  return Object.assign({}, ...sources) as Record<string, string>;
}
