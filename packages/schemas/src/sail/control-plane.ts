import type { JsonRecord } from '@orbweaver/contracts/json'
import { defaultVersion, type IstioVersion, istioVersions } from '../versions.ts'
import {
  column,
  count,
  fixed,
  oneOf,
  record,
  rule,
  type SailKind,
  status,
  targetRef,
  text,
  valuesOf,
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

/** The version of what a person writes: aliases too, and a default that moves with the operator. */
export const versionFrom = (offered: readonly IstioVersion[]): JsonRecord => ({
  ...versionOf(offered),
  default: defaultVersion,
})

export const version = versionFrom(istioVersions)
/** What the operator computes names a version, never an alias. */
const resolvedVersion = versionOf(istioVersions.filter((each) => each.alias === undefined))

const namedValues = {
  text: ['compatibilityVersion', 'defaultRevision', 'profile', 'revision'],
  open: ['base', 'istiodRemote', 'meshConfig', 'pilot', 'sidecarInjectorWebhook', 'telemetry'],
  any: ['experimental', 'gatewayClasses'],
}
const values = valuesOf({ ...namedValues, properties: { global: { istioNamespace: text } } })

/** CEL writes a field whose name is a keyword between two pairs of underscores. */
const namespacesAgree = 'self.values.global.istioNamespace == self.__namespace__'
const disagree = 'spec.values.global.istioNamespace must match spec.namespace'

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
          namespace: { ...fixed, default: 'istio-system' },
          updateStrategy,
          values,
        }),
        required: ['namespace', 'version'],
        default: { namespace: 'istio-system', updateStrategy: { type: 'InPlace' }, version: defaultVersion },
        'x-kubernetes-validations': [
          rule(
            `!has(self.values) || !has(self.values.global) || !has(self.values.global.istioNamespace) || ${namespacesAgree}`,
            disagree,
          ),
        ],
      },
      status: status({
        activeRevisionName: text,
        revisions: {
          ...record({ total: count, ready: count, inUse: count }),
          required: ['inUse', 'ready', 'total'],
        },
      }),
    },
  ],
}

/**
 * sail api/v1/istiorevision_types.go. The Istio controller writes it whole; its rules rely on that and ask for values
 * without looking whether there are any.
 */
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
        column('Profile', '.spec.values.profile'),
        column('Ready', '.status.conditions[?(@.type=="Ready")].status'),
        column('Status', '.status.state'),
        column('In use', '.status.conditions[?(@.type=="InUse")].status'),
        column('Version', '.spec.version'),
        column('Age', '.metadata.creationTimestamp', 'date'),
      ],
      rules: [
        rule(
          "self.metadata.name == 'default' ? (!has(self.spec.values.revision) || size(self.spec.values.revision) == 0) : self.spec.values.revision == self.metadata.name",
          "spec.values.revision must match metadata.name or be empty when the name is 'default'",
        ),
      ],
      spec: {
        ...record({ version: resolvedVersion, namespace: fixed, values }),
        required: ['namespace', 'version'],
        'x-kubernetes-validations': [rule(namespacesAgree, disagree)],
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
        ...record({ targetRef }),
        required: ['targetRef'],
      },
      status: {
        ...status({ istiodNamespace: text, istioRevision: text }),
        required: ['istioRevision', 'istiodNamespace'],
      },
    },
  ],
}
