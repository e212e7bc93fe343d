import { numberAt, listAt, textAt, textsAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { make } from '../draft.ts'
import { add, type App, type Platform } from '../proxies/platform.ts'

/** A port of applications that no Service has. */
export const entryTarget = 7777

/** A host of a ServiceEntry that stands for an application beside its Service, at a port of its own. */
export function entryFor(made: Platform, { namespace, name }: App): void {
  const { random } = made
  const protocol = random.pick(['HTTP', 'TCP'])
  add(
    made,
    make('ServiceEntry', name, {
      namespace,
      spec: {
        hosts: [`${name}.${namespace}.internal`],
        addresses: [`192.0.2.${made.nextAddress++}`],
        location: 'MESH_INTERNAL',
        resolution: 'STATIC',
        ports: [{ number: 7070, name: 'own', protocol, targetPort: entryTarget }],
        workloadSelector: { labels: { app: name } },
        ...(random.chance(0.2) && { exportTo: ['.'] }),
      },
    }),
  )
}

/** What stands for an application, if anything does. */
export const entryOf = (
  objects: readonly KubernetesObject[],
  { namespace = '', name }: { readonly namespace?: string | undefined; readonly name: string },
): KubernetesObject | undefined =>
  objects.find(
    ({ kind, metadata }) => kind === 'ServiceEntry' && metadata.name === name && metadata.namespace === namespace,
  )

/** The host of an entry, with the port and the address by which it is called. */
export const calledBy = (entry: KubernetesObject) => {
  const port = listAt(entry, 'spec', 'ports')[0]
  return {
    host: textsAt(entry, 'spec', 'hosts')[0] ?? '',
    address: textsAt(entry, 'spec', 'addresses')[0] ?? '',
    port: numberAt(port, 'number') ?? 0,
    protocol: textAt(port, 'protocol') ?? '',
  }
}
