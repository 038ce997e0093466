using System.Text;
using ExecutionAdapters.Lighter.WebSocket;

namespace ExecutionAdapters.Lighter.Tests;

/// <summary>Texts to frames.</summary>
internal static class Frames
{
    public static LighterFrame Read(string json) => LighterFrameReader.Read(Encoding.UTF8.GetBytes(json));

    public static T Read<T>(string json)
        where T : LighterFrame => Assert.IsType<T>(Read(json));
}
