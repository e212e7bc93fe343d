import { defaultVersion } from '../versions.ts'
import { profiles, version } from './control-plane.ts'
import {
  column,
  fixedNamespace,
  oneOf,
  record,
  rule,
  type SailKind,
  type SailVersion,
  status,
  values,
} from './definition.ts'

const onePerCluster = rule("self.metadata.name == 'default'", "metadata.name must be 'default'")

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
      columns: [
        column('Namespace', '.spec.namespace'),
        column('Profile', '.spec.profile'),
        column('Ready', '.status.conditions[?(@.type=="Ready")].status'),
        column('Status', '.status.state'),
        column('Version', '.spec.version'),
        column('Age', '.metadata.creationTimestamp', 'date'),
      ],
      spec: {
        ...record({ version, profile: oneOf(profiles), namespace: fixedNamespace('istio-cni'), values }),
        required: ['namespace', 'version'],
        default: { namespace: 'istio-cni', version: defaultVersion },
      },
      status: status({}),
    },
  ],
}

const ztunnelVersion = (name: SailVersion['name'], storage: boolean): SailVersion => ({
  name,
  storage,
  rules: [onePerCluster],
  columns: [
    column('Namespace', '.spec.namespace'),
    column('Ready', '.status.conditions[?(@.type=="Ready")].status'),
    column('Status', '.status.state'),
    column('Version', '.spec.version'),
    column('Age', '.metadata.creationTimestamp', 'date'),
  ],
  spec: {
    ...record({
      version,
      namespace: { type: 'string', default: 'ztunnel' },
      values,
      targetRef: {
        ...record({ kind: oneOf(['Istio', 'IstioRevision']), name: { type: 'string', minLength: 1, maxLength: 253 } }),
        required: ['kind', 'name'],
      },
    }),
    required: ['namespace', 'version'],
    default: { namespace: 'ztunnel', version: defaultVersion },
  },
  status: status({}),
})

/** sail api/v1/ztunnel_types.go; its namespace, unlike the others', may change. */
export const ztunnel: SailKind = {
  kind: 'ZTunnel',
  plural: 'ztunnels',
  shortNames: [],
  versions: [ztunnelVersion('v1', true), ztunnelVersion('v1alpha1', false)],
}
