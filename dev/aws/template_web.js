// CloudFront runs this before each request for a page. The pages make up their own paths (/classes/17), which
// are no files: they get the index. A path whose last part has a dot is a file, which is there or is not.
function handler(event) {
  var request = event.request;
  var last = request.uri.substring(request.uri.lastIndexOf('/') + 1);
  if (last.indexOf('.') === -1) {
    request.uri = '/index.html';
  }
  return request;
}
