import type { JsonRecord } from '@orbweaver/contracts/json'
import { defaultVersion, type IstioVersion, istioVersions } from '../versions.ts'
import {
  column,
  count,
  fixedNamespace,
  oneOf,
  record,
  rule,
  type SailKind,
  sameNamespace,
  status,
  text,
  values,
} from './definition.ts'

export const profiles = [
  'ambient',
  'default',
  'demo',
  'empty',
  'external',
  'openshift',
  'openshift-ambient',
  'preview',
  'remote',
  'stable',
] as const

/**
 * The enum keeps end-of-life versions for old objects. Which can be installed is told by the description alone, after
 * "Must be one of": the one text of these definitions that programs read.
 */
const versionOf = (offered: readonly IstioVersion[]): JsonRecord => {
  const installable = offered.filter((each) => !each.eol).map((each) => each.name)
  const description = `Istio version to install.\nMust be one of: ${installable.join(', ')}.`
  return { ...oneOf(offered.map((each) => each.name)), description }
}

export const version: JsonRecord = { ...versionOf(istioVersions), default: defaultVersion }
/** What the operator computes names a version, never an alias. */
const resolvedVersion = versionOf(istioVersions.filter((each) => each.alias === undefined))

const updateStrategy: JsonRecord = {
  ...record({
    type: { ...oneOf(['InPlace', 'RevisionBased']), default: 'InPlace' },
    inactiveRevisionDeletionGracePeriodSeconds: { type: 'integer', format: 'int64', minimum: 0 },
    updateWorkloads: { type: 'boolean' },
  }),
  default: { type: 'InPlace' },
}

/** sail api/v1/istio_types.go */
export const istio: SailKind = {
  kind: 'Istio',
  plural: 'istios',
  shortNames: [],
  versions: [
    {
      name: 'v1',
      storage: true,
      rules: [],
      columns: [
        column('Namespace', '.spec.namespace'),
        column('Profile', '.spec.profile'),
        column('Revisions', '.status.revisions.total'),
        column('Ready', '.status.revisions.ready'),
        column('In use', '.status.revisions.inUse'),
        column('Active Revision', '.status.activeRevisionName'),
        column('Status', '.status.state'),
        column('Version', '.spec.version'),
        column('Age', '.metadata.creationTimestamp', 'date'),
      ],
      spec: {
        ...record({
          version,
          profile: oneOf(profiles),
          namespace: fixedNamespace('istio-system'),
          updateStrategy,
          values,
        }),
        required: ['namespace', 'version'],
        default: { namespace: 'istio-system', updateStrategy: { type: 'InPlace' }, version: defaultVersion },
        'x-kubernetes-validations': [sameNamespace],
      },
      status: status({ activeRevisionName: text, revisions: record({ total: count, ready: count, inUse: count }) }),
    },
  ],
}

/** sail api/v1/istiorevision_types.go. The Istio controller writes it whole. */
export const istioRevision: SailKind = {
  kind: 'IstioRevision',
  plural: 'istiorevisions',
  shortNames: ['istiorev'],
  versions: [
    {
      name: 'v1',
      storage: true,
      columns: [
        column('Namespace', '.spec.namespace'),
        column('Ready', '.status.conditions[?(@.type=="Ready")].status'),
        column('Status', '.status.state'),
        column('In use', '.status.conditions[?(@.type=="InUse")].status'),
        column('Version', '.spec.version'),
        column('Age', '.metadata.creationTimestamp', 'date'),
      ],
      rules: [
        rule(
          "self.metadata.name == 'default' ? (!has(self.spec.values) || !has(self.spec.values.revision) || self.spec.values.revision == '') : (has(self.spec.values) && has(self.spec.values.revision) && self.spec.values.revision == self.metadata.name)",
          "spec.values.revision must be '' when the IstioRevision is named 'default', and otherwise match its name",
        ),
      ],
      spec: {
        ...record({ version: resolvedVersion, namespace: fixedNamespace('istio-system'), values }),
        required: ['namespace', 'version'],
        'x-kubernetes-validations': [sameNamespace],
      },
      status: status({}),
    },
  ],
}

/** sail api/v1/istiorevisiontag_types.go. That a tag may not point at a remote revision is known to the reconciler only. */
export const istioRevisionTag: SailKind = {
  kind: 'IstioRevisionTag',
  plural: 'istiorevisiontags',
  shortNames: ['istiorevtag'],
  versions: [
    {
      name: 'v1',
      storage: true,
      rules: [],
      columns: [
        column('Status', '.status.state'),
        column('In use', '.status.conditions[?(@.type=="InUse")].status'),
        column('Revision', '.status.istioRevision'),
        column('Age', '.metadata.creationTimestamp', 'date'),
      ],
      spec: {
        ...record({
          targetRef: {
            ...record({
              kind: oneOf(['Istio', 'IstioRevision']),
              name: { type: 'string', minLength: 1, maxLength: 253 },
            }),
            required: ['kind', 'name'],
          },
        }),
        required: ['targetRef'],
      },
      status: status({ istiodNamespace: text, istioRevision: text }),
    },
  ],
}
