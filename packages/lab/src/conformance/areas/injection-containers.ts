import { including } from '../fits.ts'
import { ignoringPodAnnotation } from './injection-ground.ts'
import { injectedByOther, own, type Part, volumes } from './injection-pod.ts'

const native = 'sidecar.istio.io/nativeSidecar'

/** Containers. Source: istio files/injection-template.yaml, and reorderPod of pkg/kube/inject/webhook.go. */
export const containers: readonly Part[] = [
  {
    says: 'Where every kubelet is 1.33 or newer the proxy is an init container that keeps running, after istio-init and before those of the Pod.',
    pod: { spec: own },
    is: { init: ['istio-init', 'istio-proxy', 'own'], main: ['main'], proxy: { restartPolicy: 'Always' } },
  },
  {
    says: 'With ENABLE_NATIVE_SIDECARS=false the proxy is the last of the containers, and istio-init the last of the init containers.',
    pod: { spec: own },
    by: injectedByOther,
    is: { init: ['own', 'istio-init'], main: ['main', 'istio-proxy'], proxy: { restartPolicy: undefined } },
  },
  {
    says: 'The annotation sidecar.istio.io/nativeSidecar=false makes the proxy an ordinary container.',
    pod: { annotations: { [native]: 'false' } },
    is: { init: ['istio-init'], main: ['main', 'istio-proxy'] },
    broken: ignoringPodAnnotation(native),
  },
  {
    says: 'The annotation sidecar.istio.io/nativeSidecar=true makes the proxy an init container where istiod would not.',
    pod: { annotations: { [native]: 'true' } },
    by: injectedByOther,
    is: { init: ['istio-init', 'istio-proxy'], main: ['main'], proxy: { restartPolicy: 'Always' } },
    broken: ignoringPodAnnotation(native),
  },
  {
    says: 'sidecar.istio.io/interceptionMode=NONE leaves out istio-init.',
    pod: { annotations: { 'sidecar.istio.io/interceptionMode': 'NONE' } },
    is: { init: ['istio-proxy'], main: ['main'], env: { ISTIO_META_INTERCEPTION_MODE: 'NONE' } },
    broken: ignoringPodAnnotation('sidecar.istio.io/interceptionMode'),
  },
  {
    says: 'The images of istio-init and the proxy are proxyv2 with the tag of the version.',
    is: { setup: { image: /\/proxyv2:1\.30\.3$/ }, proxy: { image: /\/proxyv2:1\.30\.3$/ } },
  },
  {
    says: 'sidecar.istio.io/proxyImage with a slash is the image of both.',
    pod: { annotations: { 'sidecar.istio.io/proxyImage': 'example.com/proxy:1' } },
    is: { setup: { image: 'example.com/proxy:1' }, proxy: { image: 'example.com/proxy:1' } },
    broken: ignoringPodAnnotation('sidecar.istio.io/proxyImage'),
  },
  {
    says: 'istio-init redirects by iptables as root; the proxy runs as 1337 and nothing else.',
    is: {
      setup: {
        args: including('istio-iptables', '15001', '15006', '1337', 'REDIRECT', '15090,15021,15020'),
        securityContext: { runAsUser: 0, capabilities: { add: ['NET_ADMIN', 'NET_RAW'], drop: ['ALL'] } },
      },
      proxy: {
        args: including('proxy', 'sidecar', '$(POD_NAMESPACE).svc.cluster.local'),
        securityContext: {
          runAsUser: 1337,
          runAsGroup: 1337,
          runAsNonRoot: true,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
      },
    },
  },
  {
    says: 'The proxy is asked at 15021 whether it has started and is ready, and shows its metrics at 15090.',
    is: {
      proxy: {
        ports: [{ name: 'http-envoy-prom', containerPort: 15090 }],
        startupProbe: { httpGet: { path: '/healthz/ready', port: 15021 }, failureThreshold: 600, periodSeconds: 1 },
        readinessProbe: { httpGet: { path: '/healthz/ready', port: 15021 }, failureThreshold: 4, periodSeconds: 15 },
      },
    },
  },
  {
    says: 'The proxy has the resources of the values.',
    is: { proxy: { resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '2', memory: '1Gi' } } } },
  },
  {
    says: "Annotations about the proxy's resources replace those of the values as a whole.",
    pod: { annotations: { 'sidecar.istio.io/proxyCPU': '10m', 'sidecar.istio.io/proxyMemoryLimit': '64Mi' } },
    is: {
      proxy: { resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '64Mi', cpu: undefined } } },
    },
    broken: ignoringPodAnnotation('sidecar.istio.io/proxyCPU'),
  },
  {
    says: 'A container of its own named istio-proxy lies over the template, and its image auto means the template’s.',
    pod: {
      spec: {
        containers: [
          { name: 'main', image: 'registry.k8s.io/pause:3.10' },
          {
            name: 'istio-proxy',
            image: 'auto',
            env: [
              { name: 'OWN', value: '1' },
              { name: 'TRUST_DOMAIN', value: 'own' },
            ],
          },
        ],
      },
    },
    is: {
      init: ['istio-init', 'istio-proxy'],
      main: ['main'],
      proxy: { image: /\/proxyv2:/ },
      env: { OWN: '1', TRUST_DOMAIN: 'own', ISTIO_META_APP_CONTAINERS: 'main' },
      annotations: { 'proxy.istio.io/overrides': /^\{"initContainers":\[\{.*"name":"OWN"/ },
    },
  },
  {
    says: 'The volumes of the proxy lie beside those of the Pod: its root is istio-ca-root-cert, its token for istio-ca.',
    pod: { spec: { volumes: [{ name: 'own', emptyDir: {} }] } },
    is: {
      volumes: including('own', ...volumes),
      spec: {
        volumes: including(
          { name: 'istiod-ca-cert', configMap: { name: 'istio-ca-root-cert' } },
          {
            name: 'istio-token',
            projected: {
              sources: [
                { serviceAccountToken: { audience: 'istio-ca', expirationSeconds: 43200, path: 'istio-token' } },
              ],
            },
          },
        ),
      },
    },
  },
  {
    says: 'A gateway, which asks for the template of gateways, keeps its container and gets no istio-init.',
    pod: {
      annotations: { 'inject.istio.io/templates': 'gateway' },
      spec: { containers: [{ name: 'istio-proxy', image: 'auto' }] },
    },
    is: {
      init: [],
      main: ['istio-proxy'],
      proxy: { image: /\/proxyv2:/, args: including('router') },
      labels: { 'security.istio.io/tlsMode': undefined },
      status: { initContainers: null, containers: ['istio-proxy'] },
    },
    broken: ignoringPodAnnotation('inject.istio.io/templates'),
  },
]
