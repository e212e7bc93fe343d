// The configuration that istiod's own code generates for proxies, without a cluster: listeners, routes, clusters and
// endpoints as Envoy reads them, in JSON with the names of the fields of Envoy's protos.
//
//	istio-proxies FILE… --proxy NAMESPACE/POD…   one world of all files and folders; configuration of these proxies
//	istio-proxies                                worlds on stdin, one answer a world, in their order
//
// A world (world.go) holds objects of Kubernetes, of Istio and of the Gateway API of one cluster, and the settings of
// the mesh. A proxy is a Pod of the world: its labels, its service account, its addresses, the labels of its node and
// `proxy.istio.io/config` say what they say in a cluster. It is a sidecar, a router or a waypoint by its own
// containers, labels and annotations, unless `:sidecar`, `:router` or `:waypoint` follows its name.
//
// Environment variables are those of istiod: with PILOT_ENABLE_AMBIENT=true there are waypoints and ambient workloads.
//
// A file named mesh-config.yaml holds the settings of the mesh. What objects leave out (creationTimestamp) is the
// same for all of them: the beginning of 2026.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strings"

	"istio.io/istio/pkg/config/schema/gatewayapi"

	"orbweaver.dev/lab/istio/answers"
	"orbweaver.dev/lab/istio/worlds"
)

// atOnce is how many worlds are made at a time: most of a world's time passes in waiting for its caches.
const atOnce = 6

func main() {
	debug.SetGCPercent(400) // a world lives for a moment
	answers.Quiet()
	clear(gatewayapi.MinimumCRDVersions) // the clusters of a world have no definitions that could be too old
	if len(os.Args) == 1 {
		answers.Each(atOnce, configure)
		return
	}
	asked, err := worldOfArguments(os.Args[1:])
	if err != nil {
		answers.Fail(err)
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(configure(asked)); err != nil {
		answers.Fail(err)
	}
}

func worldOfArguments(arguments []string) (world, error) {
	asked := world{ID: "files"}
	var files worlds.Files
	for index := 0; index < len(arguments); index++ {
		if arguments[index] != "--proxy" {
			if err := files.Read(arguments[index]); err != nil {
				return asked, err
			}
			continue
		}
		index++
		if index == len(arguments) {
			return asked, errors.New("--proxy takes NAMESPACE/POD")
		}
		name, kind, _ := strings.Cut(arguments[index], ":")
		namespace, pod, found := strings.Cut(name, "/")
		if !found {
			return asked, fmt.Errorf("--proxy %s: NAMESPACE/POD", arguments[index])
		}
		asked.Proxies = append(asked.Proxies, proxyName{Namespace: namespace, Name: pod, Type: kind})
	}
	asked.Objects, asked.MeshConfig = files.Objects, files.MeshConfig
	return asked, nil
}
