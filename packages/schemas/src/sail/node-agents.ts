import type { JsonRecord } from '@orbweaver/contracts/json'
import { defaultVersion, istioVersions } from '../versions.ts'
import { profiles, version, versionFrom } from './control-plane.ts'
import { column, fixed, oneOf, record, rule, type SailKind, status, targetRef, text, valuesOf } from './definition.ts'

const onePerCluster = rule("self.metadata.name == 'default'", "metadata.name must be 'default'")

const namespace = column('Namespace', '.spec.namespace')
const profile = column('Profile', '.spec.profile')
const ready = column('Ready', '.status.conditions[?(@.type=="Ready")].status')
const state = column('Status', '.status.state')
const installed = column('Version', '.spec.version')
const age = column('Age', '.metadata.creationTimestamp', 'date')

/** sail api/v1/istiocni_types.go */
export const istioCni: SailKind = {
  kind: 'IstioCNI',
  plural: 'istiocnis',
  shortNames: [],
  versions: [
    {
      name: 'v1',
      storage: true,
      rules: [onePerCluster],
      columns: [namespace, profile, ready, state, installed, age],
      spec: {
        ...record({
          version,
          profile: oneOf(profiles),
          namespace: { ...fixed, default: 'istio-cni' },
          values: valuesOf({ open: ['cni', 'global'] }),
        }),
        required: ['namespace', 'version'],
        default: { namespace: 'istio-cni', version: defaultVersion },
      },
      status: status({}),
    },
  ],
}

/** There has never been one for Istio before 1.24. */
const ztunnelVersions = versionFrom(istioVersions.filter((each) => !/^1\.2[1-3]\./.test(each.version)))
const ztunnelSpec: JsonRecord = {
  version: ztunnelVersions,
  namespace: { type: 'string', default: 'ztunnel' },
  values: valuesOf({ open: ['global', 'ztunnel'] }),
}
const ztunnelDefault = { namespace: 'ztunnel', version: defaultVersion }

/** sail api/v1/ztunnel_types.go; its namespace, unlike the others', may change. */
export const ztunnel: SailKind = {
  kind: 'ZTunnel',
  plural: 'ztunnels',
  shortNames: [],
  versions: [
    {
      name: 'v1',
      storage: true,
      rules: [onePerCluster],
      columns: [namespace, ready, state, installed, column('Revision', '.status.istioRevision'), age],
      spec: {
        ...record({ ...ztunnelSpec, targetRef }),
        required: ['namespace', 'version'],
        default: ztunnelDefault,
      },
      status: status({ istioRevision: text }),
    },
    {
      name: 'v1alpha1',
      storage: false,
      rules: [onePerCluster],
      columns: [namespace, column('Profile', '.spec.values.profile'), ready, state, installed, age],
      spec: {
        ...record({ ...ztunnelSpec, profile: { ...oneOf(profiles), default: 'ambient' } }),
        required: ['namespace', 'version'],
        default: { ...ztunnelDefault, profile: 'ambient' },
      },
      status: status({}),
    },
  ],
}
