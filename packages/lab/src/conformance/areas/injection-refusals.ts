import { check, type Check } from '../check.ts'
import { fits } from '../fits.ts'
import { controlPlane } from './control-plane.ts'
import { enabled, ignoringPodAnnotation, labelledNamespace } from './injection-ground.ts'
import { pod } from './objects.ts'

type Refusal = { says: string; annotation: string; value: string; message: RegExp }

const refused =
  'admission webhook "namespace\\.sidecar-injector\\.istio\\.io" denied the request: failed to run injection template: '

/** Source: istio pkg/kube/inject/validate.go, and RunTemplate of inject.go. */
const refusals: readonly Refusal[] = [
  {
    says: 'a quantity that is none for its proxy',
    annotation: 'sidecar.istio.io/proxyCPU',
    value: 'much',
    message:
      /1 error occurred:\n\t\* invalid value 'much' for annotation 'sidecar\.istio\.io\/proxyCPU': quantities must match/,
  },
  {
    says: 'an interception mode that is none',
    annotation: 'sidecar.istio.io/interceptionMode',
    value: 'none',
    message:
      /invalid value 'none' for annotation 'sidecar\.istio\.io\/interceptionMode': interceptionMode invalid, use REDIRECT,TPROXY,NONE: none/,
  },
  {
    says: 'a number of seconds that is none',
    annotation: 'readiness.status.sidecar.istio.io/periodSeconds',
    value: '-1',
    message: /invalid value '-1' for annotation '.*periodSeconds': strconv\.ParseUint: parsing "-1": invalid syntax/,
  },
  {
    says: 'ports that are none',
    annotation: 'traffic.sidecar.istio.io/includeInboundPorts',
    value: '80,x',
    message:
      /includeInboundPorts invalid: failed parsing port 'x': failed parsing port 'x': strconv\.ParseUint: parsing "x": invalid syntax/,
  },
  {
    says: 'neither true nor false where it must be one of them',
    annotation: 'prometheus.istio.io/merge-metrics',
    value: 'perhaps',
    message: /strconv\.ParseBool: parsing "perhaps": invalid syntax/,
  },
  {
    says: 'a template that istiod does not have',
    annotation: 'inject.istio.io/templates',
    value: 'nope',
    message: /requested template "nope" not found; have .*sidecar/,
  },
]

export const refusedPods: readonly Check[] = refusals.map(({ says, annotation, value, message }) =>
  check(
    `A Pod whose annotation ${annotation} names ${says} is refused.`,
    ignoringPodAnnotation(annotation),
    async (scene) => {
      await controlPlane(scene)
      const place = await labelledNamespace(scene, 'pods', enabled)
      const body = pod('a', { annotations: { [annotation]: value } })
      await scene.eventually(() => scene.ask(`/api/v1/namespaces/${place}/pods?dryRun=All`, { body }), {
        status: 400,
        body: { code: 400, message: (text) => typeof text === 'string' && new RegExp(refused).test(text) },
      })
      fits((await scene.ask(`/api/v1/namespaces/${place}/pods?dryRun=All`, { body })).body, { message })
    },
  ),
)
