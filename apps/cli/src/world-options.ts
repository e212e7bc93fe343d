import type { Command } from 'commander'

/** Options that say what a command looks at, the same for every command. */
export function addWorldOptions(command: Command): void {
  const several = (value: string, before: string[]) => [...before, value]
  command
    .option('--kubeconfig <file>', 'look at a live cluster; files are laid over it')
    .option('--context <name>', 'which context of the kubeconfig')
    .option('--mesh-config <file>', 'mesh configuration: a file of MeshConfig, or ConfigMap istio')
    .option('--istio-namespace <name>', 'where the control plane is', 'istio-system')
    .option('--root-namespace <name>', 'where rules for the whole mesh lie')
    .option('--auto-mtls <boolean>', 'whether proxies use mutual TLS by themselves', (value) => value !== 'false')
    .option('--cluster <name=path>', 'objects of one more cluster; may be repeated', several, [])
    .option(
      '--use-default-resources <boolean>',
      'add the ingress gateway that Istio brings, where files are all there is',
      (value) => value !== 'false',
      true,
    )
}
