package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"

	"istio.io/istio/pilot/pkg/config/file"
	"istio.io/istio/pkg/cluster"
	"istio.io/istio/pkg/config"
	"istio.io/istio/pkg/config/analysis/analyzers"
	"istio.io/istio/pkg/config/analysis/diag"
	"istio.io/istio/pkg/config/analysis/legacy/util/kuberesource"
	"istio.io/istio/pkg/config/analysis/local"
	"istio.io/istio/pkg/config/schema/collection"
	"istio.io/istio/pkg/config/schema/gvk"
	"istio.io/istio/pkg/kube/inject"

	"orbweaver.dev/lab/istio/worlds"
)

const istioNamespace = "istio-system"

// world is everything one analysis sees. The objects are those of the cluster that istiod reads its configuration from.
type world struct {
	ID      string            `json:"id"`
	Objects []json.RawMessage `json:"objects"`
	// Objects of further clusters; of these istioctl reads Services, Namespaces, Nodes, Pods and Secrets.
	Remotes map[string][]json.RawMessage `json:"remotes"`
	// YAML, as in the ConfigMap of the control plane.
	MeshConfig   string `json:"meshConfig"`
	MeshNetworks string `json:"meshNetworks"`
	// Without the Service and Pod of an ingress gateway that istioctl adds to files.
	Bare bool `json:"bare"`
}

type message struct {
	Code      string `json:"code"`
	Level     string `json:"level"`
	Cluster   string `json:"cluster"`
	Group     string `json:"group"`
	Kind      string `json:"kind"`
	Namespace string `json:"namespace"`
	Name      string `json:"name"`
	Message   string `json:"message"`
}

type analysis struct {
	ID       string    `json:"id"`
	Messages []message `json:"messages"`
	// What could not be read, and what broke.
	Errors []string `json:"errors"`
	// Objects that could not be read, by their place among their cluster's.
	Unread []place `json:"unread"`
	// The analysers themselves broke: what is said is not whole.
	Crashed bool `json:"crashed"`
	// Analysers that did not run.
	Skipped []string `json:"skipped"`
}

// place is where a world has an object; the cluster that istiod reads from has no name.
type place struct {
	Cluster string `json:"cluster"`
	Index   int    `json:"index"`
}

// alone is the mode of a process that judges one world.
const alone = "analyze-alone"

// analyzeApart gives worlds with networks a process of their own: their analyser (multicluster/meshnetworks.go) keeps
// the registries that it has seen in a variable of the package.
func analyzeApart(asked world) analysis {
	if asked.MeshNetworks == "" {
		return analyze(asked)
	}
	said := analysis{ID: asked.ID}
	question, err := json.Marshal(asked)
	if err == nil {
		child := exec.Command(os.Args[0], alone)
		child.Stdin = bytes.NewReader(question)
		var text []byte
		if text, err = child.Output(); err == nil {
			err = json.Unmarshal(text, &said)
		}
	}
	if err != nil {
		said.Errors = append(said.Errors, err.Error())
	}
	return said
}

func analyze(asked world) (said analysis) {
	said = analysis{ID: asked.ID, Messages: []message{}, Errors: []string{}, Unread: []place{}, Skipped: []string{}}
	defer func() {
		if broken := recover(); broken != nil {
			said.Errors = append(said.Errors, fmt.Sprintf("panic: %v", broken))
			said.Crashed = true
		}
	}()
	complain := func(err error) {
		if err != nil {
			said.Errors = append(said.Errors, err.Error())
		}
	}
	read := func(at place, err error) {
		if err != nil {
			complain(err)
			said.Unread = append(said.Unread, at)
		}
	}
	all := analyzers.AllCombined()
	analyzer := local.NewIstiodAnalyzer(all, "", istioNamespace, nil)
	complain(withText(asked.MeshConfig, analyzer.AddFileKubeMeshConfig))
	complain(withText(asked.MeshNetworks, analyzer.AddFileKubeMeshNetworks))
	// The first source decides that kinds of run time are read from files too.
	complain(analyzer.AddTestReaderKubeSource(nil))
	if !asked.Bare {
		complain(analyzer.AddDefaultResources())
	}
	for index, object := range asked.Objects {
		text := normal(object)
		reader := local.ReaderSource{Name: fmt.Sprintf("object-%d.yaml", index), Reader: strings.NewReader(text)}
		read(place{Index: index}, guarded(func() error { return analyzer.AddTestReaderKubeSource([]local.ReaderSource{reader}) }))
	}
	for name, objects := range asked.Remotes {
		source := file.NewKubeSource(remoteKinds(all.Metadata().Inputs))
		source.SetNamespacesFilter(seen)
		for index, object := range objects {
			text := normal(object)
			read(place{name, index}, guarded(func() error { return source.ApplyContent(fmt.Sprintf("object-%d.yaml", index), text) }))
		}
		analyzer.AddSourceForCluster(source, cluster.ID(name))
	}
	cancel := make(chan struct{})
	defer close(cancel)
	result, err := analyzer.Analyze(cancel)
	complain(err)
	said.Skipped = append(said.Skipped, result.SkippedAnalyzers...)
	for _, each := range result.Messages {
		said.Messages = append(said.Messages, messageOf(each))
	}
	return said
}

func messageOf(from diag.Message) message {
	to := message{
		Code:    from.Type.Code(),
		Level:   from.Type.Level().String(),
		Message: fmt.Sprintf(from.Type.Template(), from.Parameters...),
	}
	if resource := from.Resource; resource != nil {
		kind := resource.Metadata.Schema.GroupVersionKind()
		to.Cluster = resource.Origin.ClusterName().String()
		to.Group, to.Kind = kind.Group, kind.Kind
		to.Namespace = resource.Metadata.FullName.Namespace.String()
		to.Name = resource.Metadata.FullName.Name.String()
	}
	return to
}

// remoteKinds are those that istioctl reads from a cluster which is not the first (AddRunningKubeSourceWithRevision).
func remoteKinds(inputs []config.GroupVersionKind) collection.Schemas {
	kinds := kuberesource.ConvertInputsToSchemas(inputs).Intersect(kuberesource.DefaultExcludedSchemas())
	return kinds.Remove(kuberesource.DefaultRemoteClusterExcludedSchemas().All()...)
}

// seen is the analyser's own filter of files: namespaces of Kubernetes are left out.
func seen(object any) bool {
	read, ok := object.(config.Config)
	if !ok {
		return false
	}
	if read.GroupVersionKind.Kind == gvk.Namespace.Kind {
		return !inject.IgnoredNamespaces.Contains(read.Name)
	}
	return !inject.IgnoredNamespaces.Contains(read.Namespace)
}

// normal is an object as the API server would have it. Of what is none the analyser's own reader says what is wrong.
func normal(text json.RawMessage) string {
	object, _, err := worlds.Object(text)
	if err != nil {
		return string(text)
	}
	written, err := json.Marshal(object.Object)
	if err != nil {
		return string(text)
	}
	return string(written)
}

// guarded makes an error of a panic: the reader of files panics on objects whose spec has not the shape of its type.
func guarded(do func() error) (err error) {
	defer func() {
		if broken := recover(); broken != nil {
			err = fmt.Errorf("panic: %v", broken)
		}
	}()
	return do()
}

// withText gives a text to something that reads a file.
func withText(text string, read func(path string) error) error {
	if text == "" {
		return nil
	}
	written, err := os.CreateTemp("", "istio-judges-*.yaml")
	if err != nil {
		return err
	}
	defer os.Remove(written.Name())
	if _, err := written.WriteString(text); err != nil {
		return err
	}
	if err := written.Close(); err != nil {
		return err
	}
	return read(written.Name())
}
